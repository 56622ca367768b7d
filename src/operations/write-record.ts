import type { Effect } from '../errors/error-code.ts'
import type { GatewayError } from '../errors/gateway-error.ts'
import type { CallRecord } from '../upstream/client/call-context.ts'

/** What a write is to change, as far as its input says it. Nothing has checked these values. */
export interface WriteTarget {
  readonly projectId: string | undefined
  readonly name: string
  readonly instanceIds: readonly string[]
}

/** A write as a caller asked for it. */
export interface AskedWrite extends WriteTarget {
  /** The GraphQL field. */
  readonly field: string
}

export interface WrittenInstance {
  readonly instanceId: string
  /** One of the write's outcomes, or `FAILED`, `UNKNOWN` or `NOT_ATTEMPTED`. */
  readonly outcome: string
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

/** The end of a write that went the same way in all its instances. */
export const sameEnd = (
  { instanceIds }: AskedWrite,
  { outcome, effect, error = null }: Pick<WrittenInstance, 'outcome' | 'effect'> & Partial<WrittenInstance>,
  calls: readonly CallRecord[] = [],
): WriteEnd => ({
  effect,
  instances: instanceIds.map((instanceId) => ({ instanceId, outcome, effect, error })),
  error,
  calls,
})

/** Records one write. */
export interface WriteRecorder {
  /** Runs before each REST call of the write. The call leaves when the record would outlive the process. */
  readonly begin: () => Promise<void>
  /** Records how the write ended, also one that made no call. */
  readonly end: (end: WriteEnd) => void
}

export type BeginWrite = (asked: AskedWrite) => WriteRecorder
