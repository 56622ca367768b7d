import { createHash } from 'node:crypto'
import pLimit from 'p-limit'
import { GatewayError } from '../errors/gateway-error.ts'
import { channelDifferences, type Difference } from '../translation/channel-differences.ts'
import type { VpcChannel } from '../translation/vpc-channel.ts'
import type { UpsertProjectVpcChannelsInput } from '../translation/vpc-channel-input.ts'
import { projectVpcChannelsBody } from '../translation/vpc-channel-request.ts'
import { type ProjectId, projectId } from '../upstream/ids.ts'
import type { Cloud } from './cloud.ts'
import { atInstance } from './failed-write.ts'
import { instanceObstacle } from './instance-obstacle.ts'
import { observedChannels } from './observed-channels.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import { quotaObstacle } from './quota-obstacle.ts'
import { refuseFaults } from './refuse-faults.ts'

export type PlannedAction = 'WOULD_CREATE' | 'WOULD_UPDATE' | 'UNCHANGED' | 'WOULD_FAIL'

/** What an upsert would do in one instance. */
export interface InstancePlan {
  readonly instanceId: string
  readonly action: PlannedAction
  readonly changes: readonly Difference[]
  readonly error: GatewayError | null
}

export interface Plan {
  /** Stands for the input and for what was there: another plan has another. */
  readonly planId: string
  readonly instances: readonly InstancePlan[]
  /** The channels that the plan was made from, by instance. */
  readonly observed: ReadonlyMap<string, VpcChannel>
}

/** Each takes up to two calls at once, and one caller has eight: those beyond would wait, and be turned away by a slow cloud. */
const INSTANCES_AT_ONCE = 4

/** What `upsertProjectVpcChannels` would do, instance by instance. Writes nothing. */
export async function planProjectVpcChannels(
  cloud: Cloud,
  given: UpsertProjectVpcChannelsInput,
  context: OperationContext,
): Promise<Plan> {
  callContext(context)
  const input = { ...given, projectId: given.projectId ?? context.projectId }
  refuseFaults(cloud.checkUpsert(input))
  const project = projectId(input.projectId ?? '')
  const observed = await observedChannels(cloud, { projectId: project, name: input.name }, context)
  const limited = pLimit(INSTANCES_AT_ONCE)
  const instances = await Promise.all(
    input.instanceIds.map((id) =>
      limited(async () => {
        const obstacle = await instanceObstacle(cloud, { projectId: project, instanceId: id }, context)
        if (obstacle !== null) return failing(id, atInstance(obstacle, input, id))
        const channel = observed.get(id)
        return channel === undefined
          ? planCreation(cloud, { ...input, projectId: project }, id, context)
          : planUpdate(id, input, channel)
      }),
    ),
  )
  return { planId: planIdOf(input, instances, observed), instances, observed }
}

const failing = (id: string, error: GatewayError): InstancePlan => ({
  instanceId: id,
  action: 'WOULD_FAIL',
  changes: [],
  error,
})

/** That a channel is of another type than it is to be: a type cannot be changed. */
export const typeObstacle = (
  input: UpsertProjectVpcChannelsInput,
  channel: VpcChannel,
): GatewayError | null =>
  input.type && channel.type && input.type !== channel.type
    ? new GatewayError('FAILED_PRECONDITION', { reason: 'CHANNEL_TYPE', effect: 'NOT_APPLIED' })
    : null

function planUpdate(id: string, input: UpsertProjectVpcChannelsInput, channel: VpcChannel): InstancePlan {
  const obstacle = typeObstacle(input, channel)
  if (obstacle !== null) return failing(id, obstacle)
  const changes = channelDifferences(input, channel, { keepsMembers: true })
  return { instanceId: id, action: changes.length === 0 ? 'UNCHANGED' : 'WOULD_UPDATE', changes, error: null }
}

async function planCreation(
  cloud: Cloud,
  input: UpsertProjectVpcChannelsInput & { readonly projectId: ProjectId },
  instanceId: string,
  context: OperationContext,
): Promise<InstancePlan> {
  const { projectId, name } = input
  const obstacle = await quotaObstacle(cloud, { projectId, instanceId, name }, context)
  if (obstacle !== null) return failing(instanceId, atInstance(obstacle, input, instanceId))
  return { instanceId, action: 'WOULD_CREATE', changes: [], error: null }
}

function planIdOf(
  input: UpsertProjectVpcChannelsInput,
  instances: readonly InstancePlan[],
  observed: ReadonlyMap<string, VpcChannel>,
): string {
  const state = instances.map(({ instanceId: id, action, changes, error }) => {
    // Lists come in any order; the state is the same.
    const sorted = changes.toSorted((one, other) => (one.path < other.path ? -1 : 1))
    return [id, observed.get(id)?.id ?? null, action, sorted, error?.code ?? null, error?.reason ?? null]
  })
  const told = JSON.stringify([input.projectId, projectVpcChannelsBody(input), state])
  return createHash('sha256').update(told).digest('base64url')
}
