import { GatewayError } from '../errors/gateway-error.ts'
import type { VpcChannel } from '../translation/vpc-channel.ts'
import { attempt } from './attempt.ts'
import { mayStillHappen } from './may-still-happen.ts'

/** What creating a channel once takes. Failures are thrown as gateway errors, with their effect. */
export interface CreateOnceSteps {
  /** Sends the creation, once. */
  readonly create: () => Promise<VpcChannel>
  /** The channel that has the name now, whole; `null` where there is none. */
  readonly lookUp: () => Promise<VpcChannel | null>
  /** Whether a channel is the one that was to be created. */
  readonly isWanted: (channel: VpcChannel) => boolean
}

/**
 * Creates a channel without ever creating it twice, and tells truly whether it exists. After an answer that does not say
 * what happened the name is looked up: where it is free the creation is sent once more; where it is taken, the channel
 * says whose it is.
 *
 * @throws {GatewayError} NOT_APPLIED only where the channel cannot come to be any more
 */
export const createOnce = (steps: CreateOnceSteps): Promise<VpcChannel> =>
  steps.create().catch((error: unknown) => {
    if (error instanceof GatewayError && error.effect === 'UNKNOWN') return afterUnknown(error, steps)
    throw error
  })

/** What comes after a creation of which nobody knows whether it has happened. */
async function afterUnknown(first: GatewayError, steps: CreateOnceSteps): Promise<VpcChannel> {
  const found = await lookedUp(steps, first)
  if (found !== null) return wanted(found, first, steps)

  const second = await attempt(steps.create)
  if (!(second instanceof GatewayError)) return second
  const isTaken = second.reason === 'CHANNEL_NAME_TAKEN'
  if (second.effect === 'UNKNOWN' || isTaken) {
    const foundNow = await lookedUp(steps, second)
    if (foundNow !== null) return wanted(foundNow, second, steps)
  }
  const isOpen = mayStillHappen(first) || mayStillHappen(second) || isTaken
  throw second.withEffect(isOpen ? 'UNKNOWN' : 'NOT_APPLIED')
}

/** Looks the name up; where that fails too, all that can be told is the failure before it. */
async function lookedUp(steps: CreateOnceSteps, failure: GatewayError): Promise<VpcChannel | null> {
  const found = await attempt(steps.lookUp)
  if (found instanceof GatewayError) throw failure.withEffect('UNKNOWN')
  return found
}

function wanted(found: VpcChannel, failure: GatewayError, steps: CreateOnceSteps): VpcChannel {
  if (steps.isWanted(found)) return found
  throw new GatewayError('CONFLICT', {
    reason: 'CHANNEL_NAME_TAKEN',
    effect: 'NOT_APPLIED',
    upstream: failure.upstream,
    cause: failure,
  })
}
