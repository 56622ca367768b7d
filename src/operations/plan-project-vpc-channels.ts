import pLimit from 'p-limit'
import type { GatewayError } from '../errors/gateway-error.ts'
import { type ProjectId, projectId } from '../lib/ids.ts'
import { channelDifferences, ignoredByUpdate } from '../vpc-channel/channel-differences.ts'
import type { Difference } from '../vpc-channel/comparison.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'
import { atInstance } from './failed-write.ts'
import { instanceObstacle } from './instance-obstacle.ts'
import { observedChannels } from './observed-channels.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import { planIdOf } from './plan-id.ts'
import type { Checked, Precondition } from './precondition.ts'
import { quotaObstacle } from './quota-obstacle.ts'
import { throwIfInvalid } from './throw-if-invalid.ts'
import type { UpstreamServices } from './upstream-services.ts'

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

/** Each takes up to two calls at once, and one caller has eight: those beyond would wait, and be turned away by a slow cloud. */
const INSTANCES_AT_ONCE = 4

/** What `upsertProjectVpcChannels` would do, instance by instance. Writes nothing. */
export async function planProjectVpcChannels(
  services: UpstreamServices,
  given: UpsertProjectVpcChannelsInput,
  context: OperationContext,
): Promise<Plan> {
  callContext(context)
  const input = { ...given, projectId: given.projectId ?? context.projectId }
  throwIfInvalid(services.checkUpsert(input))
  const project = projectId(input.projectId ?? '')
  const observed = await observedChannels(services, { projectId: project, name: input.name }, context)
  const limited = pLimit(INSTANCES_AT_ONCE)
  const instances = await Promise.all(
    input.instanceIds.map((id) =>
      limited(() => planInstance(services, { ...input, projectId: project }, id, observed.get(id), context)),
    ),
  )
  return { planId: planIdOf(input, instances), instances, observed }
}

async function planInstance(
  services: UpstreamServices,
  input: UpsertProjectVpcChannelsInput & { readonly projectId: ProjectId },
  instanceId: string,
  channel: VpcChannel | undefined,
  context: OperationContext,
): Promise<InstancePlan> {
  const of = { projectId: input.projectId, instanceId, name: input.name }
  const names = await instanceObstacle(services, of, context)
  // An update takes no more room.
  const needsRoom = names.obstacle === null && channel === undefined
  const quota = needsRoom ? await quotaObstacle(services, of, context) : NOTHING_TO_CHECK
  const obstacle = names.obstacle ?? quota.obstacle
  const error = obstacle && atInstance(obstacle, input, instanceId)
  const changes = channel === undefined || error !== null ? [] : channelDifferences(input, channel, 'UPDATE')
  const action = channel === undefined ? 'WOULD_CREATE' : changes.length === 0 ? 'UNCHANGED' : 'WOULD_UPDATE'
  return {
    instanceId,
    channelId: channel?.id ?? null,
    action: error === null ? action : 'WOULD_FAIL',
    changes,
    ignored: channel === undefined || error !== null ? [] : ignoredByUpdate(input, channel),
    notChecked: [
      ...(names.isChecked ? [] : (['VPC_NAME_MODIFIABLE'] as const)),
      ...(quota.isChecked ? [] : (['CHANNEL_QUOTA'] as const)),
    ],
    error,
  }
}

const NOTHING_TO_CHECK: Checked = { obstacle: null, isChecked: true }
