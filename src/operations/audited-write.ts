import type { Effect } from '../errors/error-code.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { CallRecord } from '../upstream/client/call-context.ts'
import type { OperationContext } from './operation-context.ts'

/** The writes, by the GraphQL field that asks for them. */
export const WRITE_FIELDS = ['createVpcChannel', 'upsertProjectVpcChannels'] as const
export type WriteField = (typeof WRITE_FIELDS)[number]

/** What became of the channel in one instance. */
export type WriteOutcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'FAILED' | 'UNKNOWN' | 'NOT_ATTEMPTED'

/** A write as it was asked for: nothing of it has been checked. */
export interface AskedWrite {
  readonly field: WriteField
  readonly projectId: string | null | undefined
  readonly name: string
  readonly instanceIds: readonly string[]
}

export interface WrittenInstance {
  readonly instanceId: string
  readonly outcome: WriteOutcome
  readonly effect: Effect
  readonly vpcChannelId?: string | undefined
  readonly error: GatewayError | null
}

/** How a write ended. */
export interface WriteEnd {
  readonly effect: Effect
  readonly instances: readonly WrittenInstance[]
  /** Why it failed as a whole. */
  readonly error: GatewayError | null
  /** The REST calls made for it. */
  readonly calls: readonly CallRecord[]
}

/** Records one write. */
export interface WriteRecorder {
  /** Told before each REST call for it; the call leaves once the record would outlive the process. */
  readonly begin: () => Promise<void>
  /** Told how it ended, also of a write for which no call was made. */
  readonly end: (end: WriteEnd) => void
}

export type BeginWrite = (asked: AskedWrite) => WriteRecorder

/** Does a write and tells of it, however it ends and whoever still waits for it. */
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
    end(failedWrite(asked, error, calls))
    throw error
  }
}

/** What became of a write that ended with this error, or with none. */
export const effectOf = (error: GatewayError | null): Effect =>
  error === null ? 'APPLIED' : (error.effect ?? 'UNKNOWN')

/** One word for all instances. What may have happened is the graver half of a mixture. */
function overallEffect(instances: readonly WrittenInstance[]): Effect {
  const effects = new Set(instances.map(({ effect }) => effect))
  const [first = 'NOT_APPLIED'] = effects
  if (effects.size <= 1) return first
  return effects.has('UNKNOWN') ? 'UNKNOWN' : 'PARTIAL'
}

function failedWrite(asked: AskedWrite, thrown: unknown, calls: readonly CallRecord[]): WriteEnd {
  const error =
    thrown instanceof GatewayError
      ? thrown
      : new GatewayError('INTERNAL_SERVER_ERROR', { effect: 'UNKNOWN', cause: thrown })
  const effect = effectOf(error)
  const refused = calls.length === 0 ? 'NOT_ATTEMPTED' : 'FAILED'
  const outcome = effect === 'NOT_APPLIED' ? refused : 'UNKNOWN'
  return {
    effect,
    instances: asked.instanceIds.map((instanceId) => ({ instanceId, outcome, effect, error })),
    error,
    calls,
  }
}
