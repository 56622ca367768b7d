import { GatewayError } from '../errors/gateway-error.ts'
import { readNameModifiable } from '../translation/instance-settings.ts'
import { instanceId, type ProjectId } from '../upstream/ids.ts'
import * as roma from '../upstream/roma/roma-api.ts'
import type { Cloud } from './cloud.ts'
import { explained } from './explain.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import type { Checked } from './precondition.ts'

/**
 * What keeps an instance from taking part in a batch: that it does not exist, or that its `vpc_name_modifiable` is on. A
 * caller who may not read its features may write to it all the same, and the features may not mention the setting: then
 * nothing is known.
 */
export async function instanceObstacle(
  cloud: Cloud,
  of: { readonly projectId: ProjectId; readonly instanceId: string },
  context: OperationContext,
): Promise<Checked> {
  const caller = callContext(context)
  try {
    const features = await explained(
      roma.listInstanceFeatures(cloud.roma, of.projectId, instanceId(of.instanceId), caller),
      { kind: 'READ', placeOf: () => null },
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
