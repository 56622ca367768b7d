import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { CompiledOperations } from '../../execution/compiled-operations.ts'
import type { GraphqlContext } from '../../graphql/graphql-context.ts'
import type { AbortSignalLike } from '../../lib/abort-signal.ts'
import { TurnBatch } from '../../lib/turn-batch.ts'
import type { AbortResponse } from '../http/abort-response.ts'
import { ClientAbortSignal } from '../http/client-abort-signal.ts'
import { type AnswerType, answerTypeOf } from '../http/media-types.ts'
import type { Reporting } from '../observability/reporting.ts'
import type { RequestContext, ServerContext } from '../request-context.ts'
import type { ShowErrors } from './error-plugin.ts'

/** Answers a request that was let in. */
export type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  context: RequestContext,
) => void | Promise<void>

export interface FastPathParts {
  readonly operations: CompiledOperations
  readonly contextOf: (context: RequestContext, signal: AbortSignalLike) => GraphqlContext
  readonly showErrors: ShowErrors
  readonly reporting: Reporting
  /** Serves everything. */
  readonly yoga: Serve
  readonly abortResponse: AbortResponse
}

/** Has Yoga answer results that are there already. */
export function executedResultPlugin(): Plugin<ServerContext, ServerContext> {
  return {
    onParams({ context, setResult }) {
      if (context.requestContext.result !== undefined) setResult(context.requestContext.result)
    },
  }
}

/**
 * The compiled fast path, for operations that have come before: what Yoga has parsed and found valid is compiled, and executed
 * without it when the same text comes again. The pipeline before it, the context, the resolvers, the errors' shape and the reports
 * are the same: a refusal costs about what a success does.
 */
export function compiledFastPath(parts: FastPathParts): Serve {
  const { operations, contextOf, showErrors, reporting, yoga, abortResponse } = parts
  const done = new TurnBatch<Done>(
    'NEXT_TICK',
    [
      ({ context, result }) => reporting.ended(context, result),
      (one) => {
        one.text = JSON.stringify(one.result)
      },
      send,
    ],
    ({ response, context }, error) => abortResponse(response, context, error),
  )

  return (request, response, context) => {
    const contentType = CONTENT_TYPES.get(answerTypeOf(request.headers.accept))
    const { query, operationName, variables } = context.params
    if (request.method !== 'POST' || contentType === undefined || query === undefined) {
      return yoga(request, response, context)
    }
    const operation = operations.get(query, operationName)
    if (operation === undefined) return yoga(request, response, context)
    context.document = operation.document
    const result = operation.executePlain(contextOf(context, new ClientAbortSignal(response)), variables)
    if (result === undefined) return yoga(request, response, context)
    context.ran = true

    const answer = (executed: ExecutionResult): void | Promise<void> => {
      if (executed.errors !== undefined && isForYoga(executed)) {
        context.result = executed
        return yoga(request, response, context)
      }
      const shown = executed.errors === undefined ? executed : showErrors(executed, context)
      done.add({ response, context, contentType, result: shown as ExecutionResult, text: '' })
    }
    return result instanceof Promise ? result.then(answer) : answer(result)
  }
}

/** Whether an answer's status is more than 200: where nothing was executed, or an error says so. */
const isForYoga = ({ data, errors = [] }: ExecutionResult): boolean =>
  data === undefined || errors.some(({ extensions }) => extensions?.['http'] !== undefined)

/** An operation that was executed, before its caller has the answer. */
interface Done {
  readonly response: ServerResponse
  readonly context: RequestContext
  readonly contentType: string
  readonly result: ExecutionResult
  /** The result as JSON. */
  text: string
}

function send({ response, context: { answerHeaders }, contentType, text }: Done): void {
  const bytes = Buffer.byteLength(text)
  const headers = ['content-type', contentType, 'content-length', String(bytes)]
  for (const name in answerHeaders) headers.push(name, answerHeaders[name] ?? '')
  // Where each character is one byte nothing has to be encoded.
  response.writeHead(200, headers).end(text, bytes === text.length ? 'latin1' : 'utf8')
}

/** The types that an answer at once can have. */
const CONTENT_TYPES: ReadonlyMap<AnswerType | undefined, string> = new Map([
  ['application/json', 'application/json; charset=utf-8'],
  ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
])
