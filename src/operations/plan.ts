import type { GatewayError } from '../errors/gateway-error.ts'
import type { Difference } from '../vpc-channel/comparison.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import type { Precondition } from './precondition.ts'

export type PlannedAction = 'WOULD_CREATE' | 'WOULD_UPDATE' | 'UNCHANGED' | 'WOULD_FAIL'

/** What an upsert would do in one instance. */
export interface InstancePlan {
  readonly instanceId: string
  /** The channel that is there; `null` for none. */
  readonly channelId: string | null
  readonly action: PlannedAction
  readonly changes: readonly Difference[]
  /** What the input asks for and the cloud would leave as it is. */
  readonly ignored: readonly Difference[]
  /** Preconditions that the gateway could not check: the cloud may refuse the write for them. */
  readonly notChecked: readonly Precondition[]
  readonly error: GatewayError | null
}

export interface Plan {
  /** A digest of the input and of each instance's plan. */
  readonly planId: string
  readonly instances: readonly InstancePlan[]
  /** The channels that the plan was made from, by instance. */
  readonly observed: ReadonlyMap<string, VpcChannel>
}
