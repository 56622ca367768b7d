import type { Effect } from '../errors/error-code.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { CallRecord } from '../upstream/client/call-context.ts'
import type { OperationContext } from './operation-context.ts'
import { type AskedWrite, sameEnd, type WriteEnd, type WrittenInstance } from './write-record.ts'

/** Does a write and records it, however it ends, also after its caller has left. */
export async function auditedWrite<Result>(
  context: OperationContext,
  asked: AskedWrite,
  write: (context: OperationContext) => Promise<Result>,
  instancesOf: (result: Result) => readonly WrittenInstance[],
): Promise<Result> {
  const { begin, end } = context.beginWrite(asked)
  const calls: CallRecord[] = []
  const record = (call: CallRecord): void => {
    calls.push(call)
    context.record(call)
  }
  try {
    const result = await write({ ...context, record, beforeCall: begin })
    const instances = instancesOf(result)
    end({ effect: overallEffect(instances), instances, error: null, calls })
    return result
  } catch (error) {
    end(failedEnd(asked, error, calls))
    throw error
  }
}

/** The effect of a write that ended with this error, or with none. */
export const effectOf = (error: GatewayError | null): Effect =>
  error === null ? 'APPLIED' : (error.effect ?? 'UNKNOWN')

/** One effect for all instances. In a mixture, UNKNOWN is the graver. */
function overallEffect(instances: readonly WrittenInstance[]): Effect {
  const effects = new Set(instances.map(({ effect }) => effect))
  const [first = 'NOT_APPLIED'] = effects
  if (effects.size <= 1) return first
  return effects.has('UNKNOWN') ? 'UNKNOWN' : 'PARTIAL'
}

function failedEnd(asked: AskedWrite, thrown: unknown, calls: readonly CallRecord[]): WriteEnd {
  const error =
    thrown instanceof GatewayError
      ? thrown
      : new GatewayError('INTERNAL_SERVER_ERROR', { effect: 'UNKNOWN', cause: thrown })
  const effect = effectOf(error)
  const notApplied = calls.length === 0 ? 'NOT_ATTEMPTED' : 'FAILED'
  const outcome = effect === 'NOT_APPLIED' ? notApplied : 'UNKNOWN'
  return sameEnd(asked, { outcome, effect, error }, calls)
}
