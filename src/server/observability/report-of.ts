import type { GraphQLError } from 'graphql'
import type { OperationRecord, RequestContext } from '../request-context.ts'
import { describedOperation } from './described-operation.ts'
import type { OperationReport } from './operation-report.ts'

/** The result of an operation, or the errors of a request that was refused before. */
export interface ReportedResult {
  readonly data?: unknown
  readonly errors?: readonly Pick<GraphQLError, 'extensions'>[] | undefined
}

export function reportOf(context: RequestContext, result: ReportedResult): OperationReport {
  const { record } = context
  const { kind, name, fields, logMembers } = describedOperation(record, context.secrets)
  const errorCodes = codesOf(result.errors)
  return {
    kind,
    name,
    fields,
    logMembers,
    requestId: context.audience.requestId,
    traceId: context.span?.traceId ?? context.traceId,
    ran: record.ran,
    outcome: outcomeOf(result.data, errorCodes, record),
    errorCodes,
    errorReasons: errorCodes === undefined ? [] : reasonsOf(result.errors),
    durationMs: performance.now() - context.startedAt,
    calls: record.calls,
    unknownValues: record.unknownValues,
  }
}

function codesOf(errors: ReportedResult['errors']): readonly string[] | undefined {
  if (errors === undefined || errors.length === 0) return undefined
  return errors.flatMap(({ extensions: { code, results } }) =>
    Array.isArray(results) ? distinctCodes(results) : String(code),
  )
}

/** Where every instance of a batch failed, each has a separate error. */
const distinctCodes = (results: readonly { readonly code: unknown }[]): string[] => [
  ...new Set(results.map(({ code }) => String(code))),
]

function reasonsOf(errors: ReportedResult['errors'] = []): string[] {
  const all = errors.flatMap(({ extensions: { reason, results } }) =>
    Array.isArray(results) ? results.map((result: { readonly reason?: unknown }) => result.reason) : reason,
  )
  return [...new Set(all)].filter((reason) => typeof reason === 'string')
}

function outcomeOf(data: unknown, codes: readonly string[] | undefined, { writes }: OperationRecord): string {
  const [first] = codes ?? []
  if (first !== undefined) return holdsAny(data) ? 'partial' : first
  // The instances of a batch that failed are in its data.
  if (writes.length === 0) return 'ok'
  const failed = writes.find(({ end }) => end?.instances.some(({ error }) => error !== null))?.end
  if (failed === undefined) return 'ok'
  const errors = failed.instances.map(({ error }) => error?.code)
  return errors.includes(undefined) ? 'partial' : (errors[0] ?? 'ok')
}

/** Whether there is data with the errors: a field that is not `null`, nor a list of nothing else. */
function holdsAny(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  return Object.values(data).some((value) =>
    Array.isArray(value) ? value.some((item) => item !== null) : value !== null && value !== undefined,
  )
}
