import type { AskedWrite, WriteEnd } from '../../../operations/write-record.ts'
import type { CallRecord } from '../../../upstream/client/call-context.ts'

/**
 * How a write ended that the process did not wait for.
 *
 * @param hasBegun whether a REST call was about to leave for it
 */
export function interruptedEnd(
  { instanceIds }: AskedWrite,
  hasBegun: boolean,
  calls: readonly CallRecord[],
): WriteEnd {
  const effect = hasBegun ? 'UNKNOWN' : 'NOT_APPLIED'
  const outcome = hasBegun ? 'UNKNOWN' : 'NOT_ATTEMPTED'
  return {
    effect,
    instances: instanceIds.map((instanceId) => ({ instanceId, outcome, effect, error: null })),
    error: null,
    calls,
  }
}
