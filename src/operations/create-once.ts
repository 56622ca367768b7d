import { GatewayError } from '../errors/gateway-error.ts'
import { type Difference, matchOf } from '../vpc-channel/comparison.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import { attempt } from './attempt.ts'
import type { FoundChannel } from './find-vpc-channel-named.ts'
import { lookUntil, type Settling } from './settling.ts'

/** How a creation succeeded. */
export type CreateOutcome =
  /** The cloud confirmed the POST of this request. */
  | 'CREATED'
  /** The channel existed before and matches the input exactly. */
  | 'UNCHANGED'
  /** The channel exists and matches the input exactly; this request or another one may have created it. */
  | 'UNKNOWN'

export interface Creation {
  readonly outcome: CreateOutcome
  readonly vpcChannel: VpcChannel
}

/** The steps of creating a channel once. They throw gateway errors, with their effect. */
export interface CreateOnceSteps {
  /** Sends the creation, once. */
  readonly create: () => Promise<VpcChannel>
  /** The channel that has the name now, whole; `null` where there is none. */
  readonly lookUp: () => Promise<FoundChannel | null>
  /** The differences of a channel from the input. */
  readonly differences: (channel: VpcChannel) => readonly Difference[]
  /** Whether a channel was there before the creation was sent. */
  readonly isOlder: (found: FoundChannel) => boolean
  /** Whether a channel that was there before, exactly as asked, is a success. */
  readonly acceptIdentical: boolean
  readonly settling: Settling
}

/**
 * Creates a channel without ever creating it twice, and returns only what is known. After a response that does not say what
 * happened, it looks the name up over the settling time. Where the name stays free, it sends the creation once more; where a
 * channel has the name, it compares that channel with the input, and its age with the request's.
 *
 * @throws {GatewayError} NOT_APPLIED only where this request cannot have created the channel
 */
export async function createOnce(steps: CreateOnceSteps): Promise<Creation> {
  const first = await attempt(steps.create)
  if (!(first instanceof GatewayError)) return { outcome: 'CREATED', vpcChannel: first }
  if (isNameTaken(first)) return afterNameTaken(first, steps)
  if (first.effect !== 'UNKNOWN') throw first

  const found = await lookUpUntilTaken(first, steps)
  if (found !== null) return judge(found, first, steps)

  const second = await attempt(steps.create)
  if (!(second instanceof GatewayError)) return { outcome: 'CREATED', vpcChannel: second }
  if (second.effect !== 'UNKNOWN' && !isNameTaken(second)) throw unclear(first, steps)
  const foundNow = await lookUpUntilTaken(second, steps)
  if (foundNow !== null) return judge(foundNow, first, steps)
  throw unclear(first, steps)
}

const isNameTaken = ({ reason }: GatewayError): boolean => reason === 'CHANNEL_NAME_TAKEN'

/** The name was taken before this request: a client that repeats a creation may find its own channel there. */
async function afterNameTaken(refusal: GatewayError, steps: CreateOnceSteps): Promise<Creation> {
  const lookUp = () => attempt(steps.lookUp)
  const found = steps.acceptIdentical ? await lookUntil(lookUp, isDecided, steps.settling) : await lookUp()
  if (found === null || found instanceof GatewayError) {
    throw steps.acceptIdentical ? nameTaken(refusal).with(retryLater(steps)) : nameTaken(refusal)
  }
  return acceptIfIdentical(found, refusal, steps)
}

/** Looks the name up until it is taken, or the settling time is over. Where the last look fails, the effect stays unclear. */
async function lookUpUntilTaken(failure: GatewayError, steps: CreateOnceSteps): Promise<FoundChannel | null> {
  const found = await lookUntil(() => attempt(steps.lookUp), isDecided, steps.settling)
  if (found instanceof GatewayError) throw unclear(failure, steps)
  return found
}

/** A later look can differ where the name is free, and after a transient failure. */
const isDecided = (seen: FoundChannel | GatewayError | null): boolean =>
  seen instanceof GatewayError ? !seen.transient : seen !== null

/** Judges a creation whose response did not say what happened, by the channel that has the name. */
function judge(found: FoundChannel, failure: GatewayError, steps: CreateOnceSteps): Creation {
  if (steps.isOlder(found)) return acceptIfIdentical(found, failure, steps)
  if (matchOf(steps.differences(found.channel)) === 'EXACT') {
    return { outcome: 'UNKNOWN', vpcChannel: found.channel }
  }
  throw unclear(failure, steps).with({ existing: existing(found, steps) })
}

/** A channel that was there before the request: a success where it is exactly as asked and the caller accepts that. */
function acceptIfIdentical(found: FoundChannel, failure: GatewayError, steps: CreateOnceSteps): Creation {
  const isExact = matchOf(steps.differences(found.channel)) === 'EXACT'
  if (isExact && steps.acceptIdentical) return { outcome: 'UNCHANGED', vpcChannel: found.channel }
  throw nameTaken(failure).with({ existing: existing(found, steps) })
}

const existing = ({ channel }: FoundChannel, steps: CreateOnceSteps) => ({
  id: channel.id ?? '',
  differences: steps.differences(channel),
})

const nameTaken = (failure: GatewayError): GatewayError =>
  new GatewayError('CONFLICT', {
    reason: 'CHANNEL_NAME_TAKEN',
    effect: 'NOT_APPLIED',
    validation: [{ path: ['input', 'name'], rule: 'CHANNEL_NAME_TAKEN', params: {}, source: 'UPSTREAM' }],
    upstream: failure.upstream,
    cause: failure,
  })

/** The caller may repeat a creation: the name of a channel that exists is taken. */
const unclear = (failure: GatewayError, steps: CreateOnceSteps): GatewayError =>
  failure.with({ effect: 'UNKNOWN', repeatable: true, ...retryLater(steps, failure.afterMs) })

const retryLater = ({ settling }: CreateOnceSteps, afterMs = 0) => ({
  transient: true,
  afterMs: Math.max(settling.settlingMs, afterMs),
})
