import type { FailedCall } from '../errors/error-of-failure.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { VpcChannel, VpcChannelProduct } from '../translation/vpc-channel.ts'
import { readVpcChannel } from '../translation/vpc-channel-response.ts'
import { vpcChannelId } from '../upstream/ids.ts'
import * as api from '../upstream/instance-channels-api.ts'
import { unreadable } from '../upstream/upstream-failure.ts'
import { idFaults } from './argument-faults.ts'
import { channelInstance } from './channel-instance.ts'
import type { Cloud } from './cloud.ts'
import { explanation } from './explain.ts'
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
  refuseFaults(idFaults({ projectId: key.projectId, instanceId: key.instanceId, id: key.id }))
  const { client, instance } = channelInstance(cloud, key)
  try {
    const success = await api.showVpcChannel(client, instance, vpcChannelId(key.id), caller)
    const channel = readVpcChannel(success.body, key, context.noteUnknown)
    if (channel?.id === undefined) throw unreadable(success)
    channel.members ??= null
    channel.healthCheck ??= null
    return channel
  } catch (thrown) {
    const error = explanation(thrown, READ)
    if (error instanceof GatewayError && error.reason === 'CHANNEL_NOT_FOUND') return null
    throw error
  }
}

const READ: FailedCall = { kind: 'READ', placeOf: () => null }
