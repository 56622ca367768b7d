import { FAILED_READ } from '../errors/error-of-failure.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { instanceId, type ProjectId } from '../lib/ids.ts'
import * as roma from '../upstream/api/roma.ts'
import { readQuota } from '../vpc-channel/instance-settings.ts'
import { listPage } from './list-page.ts'
import { listVpcChannels } from './list-vpc-channels.ts'
import { mapUpstreamError } from './map-upstream-error.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import type { Checked } from './precondition.ts'
import type { UpstreamServices } from './upstream-services.ts'

/** Whether an instance has no room for a new channel of this name; it has where the channel is there already. */
export async function quotaObstacle(
  services: UpstreamServices,
  of: { readonly projectId: ProjectId; readonly instanceId: string; readonly name: string },
  context: OperationContext,
): Promise<Checked> {
  const call = callContext(context)
  const configs = roma.listProjectConfigs(
    services.clients.ROMA_CONNECT,
    of.projectId,
    instanceId(of.instanceId),
    call,
  )
  try {
    const [quotas, list] = await Promise.all([
      mapUpstreamError(configs, FAILED_READ),
      listPage({ offset: 0, limit: Number.POSITIVE_INFINITY }, (part) =>
        listVpcChannels(services, { ...of, product: 'ROMA_CONNECT' }, part, context),
      ),
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
