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
  /** What could not be looked at: the write may be refused for it. */
  readonly notChecked: readonly Precondition[]
  readonly error: GatewayError | null
}

export interface Plan {
  /** Stands for the input and, instance by instance, for what was seen there. */
  readonly planId: string
  readonly instances: readonly InstancePlan[]
  /** The channels that the plan was made from, by instance. */
  readonly observed: ReadonlyMap<string, VpcChannel>
}
