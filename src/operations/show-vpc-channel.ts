import { GatewayError } from '../errors/gateway-error.ts'
import type { ValidationFault } from '../errors/validation-fault.ts'
import type { VpcChannel, VpcChannelProduct } from '../translation/vpc-channel.ts'
import { readVpcChannel } from '../translation/vpc-channel-response.ts'
import * as apig from '../upstream/apig/apig-api.ts'
import { instanceId, isId, projectId, vpcChannelId } from '../upstream/ids.ts'
import * as roma from '../upstream/roma/roma-api.ts'
import { unreadable } from '../upstream/upstream-failure.ts'
import type { Cloud } from './cloud.ts'
import { explained } from './explain.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import { refuseFaults } from './refuse-faults.ts'

/** A channel's address. */
export interface VpcChannelKey {
  readonly product: VpcChannelProduct
  readonly projectId: string
  readonly instanceId: string
  readonly id: string
}

/**
 * Shows one VPC channel with its members and its health check; `null` where the instance has none of that id.
 *
 * @throws {GatewayError} for a missing instance as for every other failure
 */
export async function showVpcChannel(
  cloud: Cloud,
  key: VpcChannelKey,
  context: OperationContext,
): Promise<VpcChannel | null> {
  const caller = callContext(context)
  refuseFaults(keyFaults(key))
  const project = projectId(key.projectId)
  const instance = instanceId(key.instanceId)
  const id = vpcChannelId(key.id)
  const answer =
    key.product === 'APIG'
      ? apig.showVpcChannel(cloud.apig, { projectId: project, instanceId: instance }, id, caller)
      : roma.showVpcChannel(cloud.roma, project, instance, id, caller)
  try {
    return await explained(
      answer.then((success) => {
        const channel = readVpcChannel(success.body, key, context.noteUnknown)
        if (channel?.id === undefined) throw unreadable(success)
        return { ...channel, members: channel.members ?? null, healthCheck: channel.healthCheck ?? null }
      }),
      { kind: 'READ', token: caller.token, pathOf: () => null },
    )
  } catch (error) {
    if (error instanceof GatewayError && error.reason === 'CHANNEL_NOT_FOUND') return null
    throw error
  }
}

const keyFaults = (key: VpcChannelKey): ValidationFault[] =>
  (['projectId', 'instanceId', 'id'] as const)
    .filter((field) => !isId(key[field]))
    .map((field) => ({
      path: [field],
      rule: key[field] === '' ? 'REQUIRED' : 'ID',
      params: {},
      source: 'GATEWAY',
    }))
