import { FAILED_READ } from '../errors/error-of-failure.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { instanceId, type ProjectId } from '../lib/ids.ts'
import * as roma from '../upstream/api/roma.ts'
import { readNameModifiable } from '../vpc-channel/instance-settings.ts'
import { mapUpstreamError } from './map-upstream-error.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import type { Checked } from './precondition.ts'
import type { UpstreamServices } from './upstream-services.ts'

/**
 * What keeps an instance from taking part in a batch: that it does not exist, or that its `vpc_name_modifiable` is on. A
 * caller who may not read its features may write to it all the same, and the features may not mention the setting: then
 * nothing is known.
 */
export async function instanceObstacle(
  services: UpstreamServices,
  of: { readonly projectId: ProjectId; readonly instanceId: string },
  context: OperationContext,
): Promise<Checked> {
  const call = callContext(context)
  try {
    const features = await mapUpstreamError(
      roma.listInstanceFeatures(services.clients.ROMA_CONNECT, of.projectId, instanceId(of.instanceId), call),
      FAILED_READ,
    )
    const isModifiable = readNameModifiable(features.body)
    if (isModifiable !== true) return { obstacle: null, isChecked: isModifiable !== null }
    const obstacle = new GatewayError('FAILED_PRECONDITION', {
      reason: 'NAME_MODIFIABLE',
      effect: 'NOT_APPLIED',
    })
    return { obstacle, isChecked: true }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'NOT_FOUND') return { obstacle: error.withEffect('NOT_APPLIED'), isChecked: true }
    return { obstacle: null, isChecked: false, failure: error }
  }
}
