import type { RequestListener } from 'node:http'
import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import { compiledOperations } from '../execution/compiled-operations.ts'
import type { GraphqlContext } from '../graphql/graphql-context.ts'
import { schema } from '../graphql/schema.ts'
import type { AbortSignalLike } from '../lib/abort-signal.ts'
import type { UpstreamServices } from '../operations/upstream-services.ts'
import type { DocumentLimits } from './documents/document-limits.ts'
import { graphiqlPlugin } from './graphiql/graphiql-plugin.ts'
import { compiledFastPath, executedResultPlugin } from './graphql/compiled-fast-path.ts'
import { contextPlugin } from './graphql/context-plugin.ts'
import { documentPlugin } from './graphql/document-plugin.ts'
import { errorPlugin, errorShower } from './graphql/error-plugin.ts'
import { graphqlContext } from './graphql/graphql-context.ts'
import { largeInputPlugin } from './graphql/large-input-plugin.ts'
import { reportPlugin } from './graphql/report-plugin.ts'
import { safeGetPlugin } from './graphql/safe-get-plugin.ts'
import { abortResponseWith } from './http/abort-response.ts'
import { auditReporter } from './observability/audit/audit-reporter.ts'
import { logReporter } from './observability/log/log-reporter.ts'
import type { Observability } from './observability/observability.ts'
import { createReporting } from './observability/reporting.ts'
import { traceHeaders } from './observability/tracing/tracing.ts'
import { createRequestContext, type RequestContext, type ServerContext } from './request-context.ts'
import { type PipelineSettings, requestPipeline } from './request-pipeline.ts'

export interface GatewaySettings extends PipelineSettings {
  readonly services: UpstreamServices
  readonly mode: 'sandbox' | 'cloud'
  /** The project of callers that name none. */
  readonly projectId: string | undefined
  /** How large a document may be. */
  readonly documents: DocumentLimits
  readonly log: Logger
  readonly observability?: Observability | undefined
  /** Aborted when the process ends before its writes have. */
  readonly interrupted?: AbortSignal
}

/** The GraphQL server as a listener of HTTP requests; it listens nowhere by itself. */
export function createGateway(settings: GatewaySettings): RequestListener {
  const { services, mode, log, profile } = settings
  const { reporters = [], tracing } = settings.observability ?? {}
  const reporting = createReporting(
    [logReporter(log), auditReporter(log), ...reporters],
    log,
    settings.interrupted,
  )
  const operations = compiledOperations(schema)
  const abortResponse = abortResponseWith(log)
  const showErrors = errorShower(schema, services, log)
  const contextOf = (context: RequestContext, signal: AbortSignalLike): GraphqlContext =>
    graphqlContext(services, signal, context, reporting)
  const yoga = createYoga<ServerContext, object>({
    schema,
    context: ({ request, requestContext: context }): GraphqlContext => contextOf(context, request.signal),
    plugins: [
      contextPlugin(),
      ...(profile.graphiql ? [graphiqlPlugin()] : []),
      safeGetPlugin(),
      documentPlugin(settings.documents, profile, operations),
      largeInputPlugin(schema),
      executedResultPlugin(),
      errorPlugin(schema, services, showErrors),
      reportPlugin(reporting),
    ],
    // The error plugin shows every error itself.
    maskedErrors: false,
    // Yoga's own caches keep errors too, and with each error's stack the request that it was thrown for.
    parserAndValidationCache: false,
    // The request pipeline has read the body.
    maxRequestBodySize: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    cors: false,
    logging: false,
  })
  return requestPipeline({
    ...settings,
    abortResponse,
    createContext(headers) {
      const context = createRequestContext(headers, settings.projectId)
      context.span = tracing?.begin(traceHeaders(headers, context.secrets), context.startedAt)
      if (mode === 'sandbox') context.answerHeaders['x-gateway-mode'] = mode
      return context
    },
    refused: (context, { code = 'BAD_REQUEST' }) =>
      reporting.ended(context, { errors: [{ extensions: { code } }] }),
    answer: compiledFastPath({
      operations,
      contextOf,
      showErrors,
      reporting,
      abortResponse,
      yoga: (request, response, context) => {
        for (const name in context.answerHeaders) response.setHeader(name, context.answerHeaders[name] ?? '')
        // What would be made of the target and the host may not be a URL at all.
        request.url = context.path
        request.headers.host = 'gateway'
        yoga(request, response, { requestContext: context })
      },
    }),
  })
}
