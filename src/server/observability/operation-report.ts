import type { GraphQLError } from 'graphql'
import type { CallRecord } from '../../upstream/client/call-context.ts'
import type { RequestContext } from '../request-context.ts'
import { type DescribedOperation, describedOperation } from './described-operation.ts'
import type { OperationSpan } from './tracing/tracing.ts'

/** What an operation answers. */
export interface Answer {
  readonly data?: unknown
  readonly errors?: readonly Pick<GraphQLError, 'extensions'>[] | undefined
}

/** What is known of an operation at its end: all that log, metrics and traces say of it. No variables, no tokens. */
export interface OperationReport extends Omit<DescribedOperation, 'writes'> {
  readonly requestId: string
  readonly traceId: string | undefined
  /** Whether the document was valid, so that its names are those of the schema. */
  readonly ran: boolean
  /** `ok`, `partial` where there is data beside a failure, else the code of the first error. */
  readonly outcome: string
  /** The codes of all errors; `undefined` where there are none. */
  readonly errorCodes: readonly string[] | undefined
  /** Their reasons, each once; where every instance of a batch failed, those of all instances. */
  readonly errorReasons: readonly string[]
  readonly durationMs: number
  readonly calls: readonly CallRecord[]
  readonly unknownValues: RequestContext['unknownValues']
  readonly span: OperationSpan | undefined
}

export function reportOf(context: RequestContext, answer: Answer): OperationReport {
  const { kind, name, fields, logMembers } = describedOperation(context)
  const errorCodes = codesOf(answer.errors)
  return {
    kind,
    name,
    fields,
    logMembers,
    requestId: context.audience.requestId,
    traceId: context.span?.traceId ?? context.traceId,
    ran: context.ran,
    outcome: outcomeOf(answer.data, errorCodes, context),
    errorCodes,
    errorReasons: errorCodes === undefined ? [] : reasonsOf(answer.errors),
    durationMs: performance.now() - context.startedAt,
    calls: context.calls,
    unknownValues: context.unknownValues,
    span: context.span,
  }
}

function codesOf(errors: Answer['errors']): readonly string[] | undefined {
  if (errors === undefined || errors.length === 0) return undefined
  return errors.flatMap(({ extensions: { code, results } }) =>
    Array.isArray(results) ? distinctCodes(results) : String(code),
  )
}

/** Where every instance of a batch failed, each has an error of its own. */
const distinctCodes = (results: readonly { readonly code: unknown }[]): string[] => [
  ...new Set(results.map(({ code }) => String(code))),
]

function reasonsOf(errors: Answer['errors'] = []): string[] {
  const all = errors.flatMap(({ extensions: { reason, results } }) =>
    Array.isArray(results) ? results.map((result: { readonly reason?: unknown }) => result.reason) : reason,
  )
  return [...new Set(all)].filter((reason) => typeof reason === 'string')
}

function outcomeOf(data: unknown, codes: readonly string[] | undefined, { writes }: RequestContext): string {
  const [first] = codes ?? []
  if (first !== undefined) return holdsAny(data) ? 'partial' : first
  // A batch tells of instances that failed in its data.
  if (writes.length === 0) return 'ok'
  const failed = writes.find(({ end }) => end?.instances.some(({ error }) => error !== null))?.end
  if (failed === undefined) return 'ok'
  const errors = failed.instances.map(({ error }) => error?.code)
  return errors.includes(undefined) ? 'partial' : (errors[0] ?? 'ok')
}

/** Whether something was answered beside the errors: a field that is not `null`, nor a list of nothing else. */
function holdsAny(data: unknown): boolean {
  if (typeof data !== 'object' || data === null) return false
  return Object.values(data).some((value) =>
    Array.isArray(value) ? value.some((item) => item !== null) : value !== null && value !== undefined,
  )
}
