import { GatewayError } from '../errors/gateway-error.ts'
import { readNameModifiable } from '../translation/instance-settings.ts'
import { instanceId, type ProjectId } from '../upstream/ids.ts'
import * as roma from '../upstream/roma/roma-api.ts'
import type { Cloud } from './cloud.ts'
import { explained } from './explain.ts'
import { callContext, type OperationContext } from './operation-context.ts'

/**
 * What keeps an instance from taking part in a batch: that it is not there, that the caller may not reach it, or that its
 * `vpc_name_modifiable` is on. `null` where nothing is known to.
 */
export async function instanceObstacle(
  cloud: Cloud,
  of: { readonly projectId: ProjectId; readonly instanceId: string },
  context: OperationContext,
): Promise<GatewayError | null> {
  const caller = callContext(context)
  try {
    const features = await explained(
      roma.listInstanceFeatures(cloud.roma, of.projectId, instanceId(of.instanceId), caller),
      { kind: 'READ', placeOf: () => null },
    )
    if (readNameModifiable(features.body) !== true) return null
    return new GatewayError('FAILED_PRECONDITION', { reason: 'NAME_MODIFIABLE', effect: 'NOT_APPLIED' })
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN' ? error.withEffect('NOT_APPLIED') : null
  }
}
