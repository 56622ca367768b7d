import { GatewayError } from '../errors/gateway-error.ts'
import { readQuota } from '../translation/instance-settings.ts'
import { instanceId, type ProjectId } from '../upstream/ids.ts'
import * as roma from '../upstream/roma/roma-api.ts'
import type { Cloud } from './cloud.ts'
import { explained } from './explain.ts'
import { LONGEST_PART, listVpcChannels } from './list-vpc-channels.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import type { Checked } from './precondition.ts'

/** Whether an instance has no room for a new channel of this name; it has where the channel is there already. */
export async function quotaObstacle(
  cloud: Cloud,
  of: { readonly projectId: ProjectId; readonly instanceId: string; readonly name: string },
  context: OperationContext,
): Promise<Checked> {
  const caller = callContext(context)
  const configs = roma.listProjectConfigs(cloud.roma, of.projectId, instanceId(of.instanceId), caller)
  try {
    const [quotas, list] = await Promise.all([
      explained(configs, { kind: 'READ', placeOf: () => null }),
      listVpcChannels(cloud, { ...of, product: 'ROMA_CONNECT' }, { limit: LONGEST_PART }, context),
    ])
    const quota = readQuota(quotas.body, 'VPC_NUM_LIMIT')
    const isThere = list.channels.some(({ channel }) => channel.name === of.name)
    if (quota === null || list.total < quota || isThere) {
      return { obstacle: null, isChecked: quota !== null || isThere }
    }
    const obstacle = new GatewayError('QUOTA_EXCEEDED', { reason: 'CHANNEL_QUOTA', effect: 'NOT_APPLIED' })
    return { obstacle, isChecked: true }
  } catch (error) {
    if (error instanceof GatewayError) return { obstacle: null, isChecked: false, failure: error }
    throw error
  }
}
