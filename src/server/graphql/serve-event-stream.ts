import { isAsyncIterable, mapAsyncIterator } from '@graphql-tools/utils'
import type { ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql'
import { createYoga, type FetchAPI, type Plugin } from 'graphql-yoga'
import type { GraphqlContext } from '../../graphql/graphql-context.ts'
import type { AbortSignalLike } from '../../lib/abort-signal.ts'
import type { Exchange } from '../http/exchange.ts'
import { MULTIPART_SUBSCRIPTION } from '../http/media-types.ts'
import { GRAPHQL_PATH } from '../http/route.ts'
import type { Reporting } from '../observability/reporting.ts'
import type { RequestContext } from '../request-context.ts'
import { type HttpStatus, httpStatusOf, OK } from './http-status.ts'
import { multipartSubscription } from './multipart-subscription.ts'
import type { OperationResult, RenderErrors } from './render-errors.ts'
import type { StreamTypes } from './response-form.ts'
import { unfitVariable } from './unfit-variable.ts'

/**
 * Answers with a stream of events: a subscription, or a request that accepts only streams. Of what is refused already, the stream
 * has the errors.
 */
export type ServeEventStream = (
  exchange: Exchange,
  types: StreamTypes,
  refused: ExecutionResult | undefined,
) => Promise<void>

export interface EventStreamParts {
  readonly schema: GraphQLSchema
  readonly contextOf: (context: RequestContext, signal: AbortSignalLike) => GraphqlContext
  readonly renderErrors: RenderErrors
  readonly reporting: Reporting
}

/** What Yoga gets of the pipeline. */
interface ServerContext {
  readonly requestContext: RequestContext
  readonly types: StreamTypes
  readonly refused: ExecutionResult | undefined
}

/** Has Yoga execute the operation, and send the events. */
export function eventStreams(parts: EventStreamParts): ServeEventStream {
  const { schema, contextOf } = parts
  const yoga = createYoga<ServerContext, object>({
    schema,
    context: ({ request, requestContext }): GraphqlContext => contextOf(requestContext, request.signal),
    plugins: [preparedOperation(schema), renderedEvents(parts)],
    // The pipeline renders every error.
    maskedErrors: false,
    // Yoga's own caches keep errors too, and with each error's stack the request that it was thrown for.
    parserAndValidationCache: false,
    // The pipeline has read the body.
    maxRequestBodySize: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    cors: false,
    logging: false,
  })
  return async ({ request, response, context }, types, refused) => {
    for (const name in context.responseHeaders) response.setHeader(name, context.responseHeaders[name] ?? '')
    // The target and the host of the request may not make a URL.
    request.url = GRAPHQL_PATH
    request.headers.host = 'gateway'
    // The pipeline has chosen among the types that the caller accepts.
    request.headers.accept = [types.stream, types.json].filter((type) => type !== undefined).join(',')
    await yoga(request, response, { requestContext: context, types, refused })
  }
}

/** Gives Yoga what the pipeline has read: parameters and document, or the errors of a refused one. */
function preparedOperation(schema: GraphQLSchema): Plugin<ServerContext, ServerContext> {
  return {
    onRequestParse({ serverContext, setRequestParser }) {
      setRequestParser(() => serverContext.requestContext.record.params)
    },
    onParams({ context, setResult }) {
      const { record } = context.requestContext
      const unfit = context.refused === undefined ? unfitVariable(schema, record) : undefined
      const result = unfit === undefined ? context.refused : { errors: [unfit] }
      record.ran = context.refused === undefined
      if (result !== undefined) setResult(result)
    },
    onParse({ context, setParsedDocument }) {
      const { document } = context.requestContext.record
      if (document !== undefined) setParsedDocument(document)
    },
    onValidate: ({ setResult }) => setResult([]),
  }
}

/** Renders the errors of a result, or of every event, and reports the operation at its end. */
function renderedEvents({ renderErrors, reporting }: EventStreamParts): Plugin<ServerContext, ServerContext> {
  return {
    onResultProcess({ serverContext, result, setResult, setResultProcessor }) {
      if (Array.isArray(result)) return
      const { requestContext: context, types } = serverContext
      const isMultipart = types.stream === MULTIPART_SUBSCRIPTION
      if (!isAsyncIterable(result)) {
        const rendered = renderErrors(result as OperationResult, context)
        const http = httpStatusOf(rendered.errors, types.json ?? types.stream)
        if (isMultipart && types.json === undefined) {
          setResultProcessor(multipartProcessor(http), MULTIPART_TYPE)
          setResult(rendered.result as ExecutionResult)
        } else setResult({ ...(rendered.result as ExecutionResult), extensions: { http } })
        reporting.ended(context, rendered.result)
        return
      }
      if (isMultipart) setResultProcessor(multipartProcessor(OK), MULTIPART_TYPE)
      // A subscription has made all its calls only when it ends.
      const errors: Pick<GraphQLError, 'extensions'>[] = []
      let data: unknown
      const events = mapAsyncIterator(
        result as AsyncIterable<OperationResult>,
        (event) => {
          const rendered = renderErrors(event, context).result
          data = rendered.data ?? data
          errors.push(...(rendered.errors ?? []))
          return rendered as ExecutionResult
        },
        undefined,
        () => reporting.ended(context, { data, errors }),
      )
      setResult(events)
    },
    onResponse({ response: { headers } }) {
      // Yoga names an encoding that is none.
      headers.delete('content-encoding')
      // Proxies that collect a response, or compress it, would hold events back.
      headers.set('x-accel-buffering', 'no')
      headers.set('cache-control', 'no-store, no-transform')
    },
  }
}

/** Sends events, or one result, by Apollo's protocol. */
const multipartProcessor =
  ({ status, headers }: HttpStatus) =>
  (result: unknown, fetchApi: FetchAPI): Response =>
    new fetchApi.Response(multipartSubscription(result as ExecutionResult | AsyncIterable<ExecutionResult>), {
      status,
      headers: { ...headers, 'content-type': MULTIPART_TYPE },
    })

const MULTIPART_TYPE = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0'
