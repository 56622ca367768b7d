import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ExecutionResult } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { CompiledOperations } from '../execution/compiled-operations.ts'
import type { GraphqlContext } from '../graphql/graphql-context.ts'
import { Batch } from '../upstream/batch.ts'
import type { Leaving } from '../upstream/call-context.ts'
import type { BreakOff } from './break-off.ts'
import type { ShowErrors } from './error-plugin.ts'
import { type AnswerType, answerTypeOf } from './http/media-types.ts'
import { ClientLeaving } from './leaving.ts'
import type { Reporting } from './reporting/reporting.ts'
import type { RequestScope, ServerContext } from './request-scope.ts'

/** Answers a request that was let in. */
export type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  scope: RequestScope,
) => void | Promise<void>

export interface KnownOperationsParts {
  readonly operations: CompiledOperations
  readonly contextOf: (scope: RequestScope, leaving: Leaving) => GraphqlContext
  readonly showErrors: ShowErrors
  readonly reporting: Reporting
  /** Serves everything. */
  readonly yoga: Serve
  readonly breakOff: BreakOff
}

/** Keeps the documents that Yoga has found valid, and has it answer results that are there already. */
export function knownOperationsPlugin(operations: CompiledOperations): Plugin<ServerContext, ServerContext> {
  return {
    onParams({ context, setResult }) {
      if (context.scope.result !== undefined) setResult(context.scope.result)
    },
    onExecute({ args, context }) {
      const { query } = context.scope.params
      if (query !== undefined) operations.add(query, args.document)
    },
  }
}

/**
 * The short way, for operations that have come before: what Yoga has parsed and found valid is compiled, and executed
 * without it when the same text comes again. The door before it, the context, the resolvers, the errors' shape and the reports
 * are the same: a refusal costs about what a success does.
 */
export function shortWay(parts: KnownOperationsParts): Serve {
  const { operations, contextOf, showErrors, reporting, yoga, breakOff } = parts
  const done = new Batch<Done>(
    'AFTER_THIS',
    [
      ({ scope, result }) => reporting.ended(scope, result),
      (one) => {
        one.text = JSON.stringify(one.result)
      },
      send,
    ],
    ({ response, scope }, error) => breakOff(response, scope, error),
  )

  return (request, response, scope) => {
    const contentType = CONTENT_TYPES.get(answerTypeOf(request.headers.accept))
    const { query, operationName, variables } = scope.params
    if (request.method !== 'POST' || contentType === undefined || query === undefined) {
      return yoga(request, response, scope)
    }
    const operation = operations.get(query, operationName)
    if (operation === undefined) return yoga(request, response, scope)
    scope.document = operation.document
    const result = operation.executePlain(contextOf(scope, new ClientLeaving(response)), variables)
    if (result === undefined) return yoga(request, response, scope)
    scope.ran = true

    const answer = (executed: ExecutionResult): void | Promise<void> => {
      if (executed.errors !== undefined && isForYoga(executed)) {
        scope.result = executed
        return yoga(request, response, scope)
      }
      const shown = executed.errors === undefined ? executed : showErrors(executed, scope)
      done.add({ response, scope, contentType, result: shown as ExecutionResult, text: '' })
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
  readonly scope: RequestScope
  readonly contentType: string
  readonly result: ExecutionResult
  /** The result as JSON. */
  text: string
}

function send({ response, scope: { answerHeaders }, contentType, text }: Done): void {
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
