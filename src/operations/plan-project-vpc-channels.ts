import pLimit from 'p-limit'
import { type ProjectId, projectId } from '../lib/ids.ts'
import { channelDifferences, ignoredByUpdate } from '../vpc-channel/channel-differences.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'
import { atInstance } from './failed-write.ts'
import { instanceObstacle } from './instance-obstacle.ts'
import { observedChannels } from './observed-channels.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import type { InstancePlan, Plan } from './plan.ts'
import { planIdOf } from './plan-id.ts'
import type { Checked } from './precondition.ts'
import { quotaObstacle } from './quota-obstacle.ts'
import type { UpstreamServices } from './upstream-services.ts'
import { throwIfInputInvalid } from './validate.ts'
import { withProject } from './write-target.ts'

/** Each takes up to two calls at once, and one caller has eight: those beyond would wait, and a slow cloud would turn them away. */
const MAX_CONCURRENT_INSTANCES = 4

/** What `upsertProjectVpcChannels` would do, instance by instance. Writes nothing. */
export async function planProjectVpcChannels(
  services: UpstreamServices,
  given: UpsertProjectVpcChannelsInput,
  context: OperationContext,
): Promise<Plan> {
  callContext(context)
  const input = withProject(given, context.projectId)
  throwIfInputInvalid(services.checkers, 'planProjectVpcChannels', input)
  const project = projectId(input.projectId ?? '')
  const observed = await observedChannels(services, { projectId: project, name: input.name }, context)
  const limited = pLimit(MAX_CONCURRENT_INSTANCES)
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
