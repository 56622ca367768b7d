import { isAsyncIterable, mapAsyncIterator } from '@graphql-tools/utils'
import { type GraphQLError, Kind, type OperationDefinitionNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import { operationOf, type RequestScope, type ServerContext } from './request-scope.ts'

/** One line per operation: what was asked, how it went, which calls it took. No variables, no tokens, no messages. */
export function logPlugin(log: Logger): Plugin<object, ServerContext> {
  return {
    onResultProcess({ serverContext: { scope }, result, setResult }) {
      if (isAsyncIterable(result)) {
        // A subscription has taken all its calls only when it ends.
        const codes: string[] = []
        const noted = mapAsyncIterator(
          result,
          (event) => {
            codes.push(...codesOf(event.errors))
            return event
          },
          undefined,
          () => logRequest(log, scope, codes.length > 0 ? codes : undefined),
        )
        setResult(noted)
        return
      }
      const errors = 'errors' in result ? result.errors : undefined
      logRequest(
        log,
        scope,
        errors?.map((error) => String(error.extensions['code'])),
      )
    },
  }
}

const codesOf = (errors: readonly GraphQLError[] | undefined): string[] =>
  (errors ?? []).map((error) => String(error.extensions['code']))

/** The line of one request; `errorCodes` are `undefined` where all went well. */
export function logRequest(
  log: Logger,
  scope: RequestScope,
  errorCodes: readonly string[] | undefined,
): void {
  const { fields, text } = lineOf(scope, errorCodes)
  if (errorCodes === undefined) log.info(fields, text)
  else log.warn(fields, text)
}

function lineOf(scope: RequestScope, errorCodes: readonly string[] | undefined) {
  const operation = operationOf(scope)
  const name = operation?.name?.value.slice(0, 100)
  const fields = operation === undefined ? [] : rootFields(operation)
  const kind = operation?.operation ?? 'request'
  const durationMs = tenths(performance.now() - scope.startedAt)
  const upstream = scope.calls.map((call) => ({ ...call, durationMs: tenths(call.durationMs) }))
  return {
    text: [
      `${[kind, name ?? fields.join(', ')].filter(Boolean).join(' ')}: ${errorCodes?.join(', ') ?? 'ok'} in ${durationMs} ms`,
      ...upstream.map((call) =>
        [call.service, call.operation, call.status ?? 'no answer', call.errorCode].filter(Boolean).join(' '),
      ),
    ].join(' | '),
    fields: {
      requestId: scope.audience.requestId,
      kind,
      ...(name !== undefined && { operationName: name }),
      fields,
      durationMs,
      upstream,
      ...(errorCodes !== undefined && { errors: errorCodes }),
      ...(scope.unknownValues.length > 0 && { unknownValues: scope.unknownValues }),
    },
  }
}

const tenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10

const MOST_FIELDS = 20

const rootFields = (operation: OperationDefinitionNode): string[] =>
  operation.selectionSet.selections
    .flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value.slice(0, 100)] : []))
    .slice(0, MOST_FIELDS)
