import { GatewayError } from '../errors/gateway-error.ts'
import { ignoredByUpdate } from '../vpc-channel/channel-differences.ts'
import type { Difference } from '../vpc-channel/comparison.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'

/** What the write did in one instance. */
export type UpsertOutcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'FAILED' | 'UNKNOWN' | 'NOT_ATTEMPTED'

/** The result of one requested instance: a channel, or an error where the channel is not there or may not be. */
export interface UpsertResult {
  readonly instanceId: string
  readonly outcome: UpsertOutcome
  readonly vpcChannel: VpcChannel | null
  /** What the input asks for and the cloud left as it was. */
  readonly ignored: readonly Difference[]
  readonly error: GatewayError | null
}

/** `outcome` is that of a write that is known to be applied. */
export function upsertResult(
  instanceId: string,
  input: UpsertProjectVpcChannelsInput,
  known: VpcChannel | GatewayError | undefined,
  outcome: UpsertOutcome,
): UpsertResult {
  if (known === undefined) return notAttempted(instanceId)
  if (!(known instanceof GatewayError)) {
    return { instanceId, outcome, vpcChannel: known, ignored: ignoredByUpdate(input, known), error: null }
  }
  return { instanceId, outcome: failureOf(known), vpcChannel: null, ignored: [], error: known }
}

function failureOf({ effect, reason }: GatewayError): UpsertOutcome {
  if (effect !== 'NOT_APPLIED') return 'UNKNOWN'
  return reason === 'NOT_ATTEMPTED' ? 'NOT_ATTEMPTED' : 'FAILED'
}

export const notAttempted = (instanceId: string): UpsertResult => ({
  instanceId,
  outcome: 'NOT_ATTEMPTED',
  vpcChannel: null,
  ignored: [],
  error: NOT_ATTEMPTED,
})

/** Time ran out before anything was sent for an instance. */
export const NOT_ATTEMPTED = new GatewayError('UPSTREAM_TIMEOUT', {
  reason: 'NOT_ATTEMPTED',
  effect: 'NOT_APPLIED',
  transient: true,
})

/**
 * Where no instance succeeded there is no data to show: the operation itself has failed, and its error carries the results.
 *
 * @throws {GatewayError} the first instance's error
 */
export function throwIfAllFailed(results: readonly UpsertResult[]): void {
  const failed = results.flatMap(({ instanceId, outcome, error }) =>
    error === null ? [] : [{ instanceId, outcome, error }],
  )
  const [first] = failed
  if (first === undefined || failed.length < results.length) return
  const isNotApplied = failed.every(({ error }) => error.effect === 'NOT_APPLIED')
  throw first.error.with({ effect: isNotApplied ? 'NOT_APPLIED' : 'UNKNOWN', results: failed })
}
