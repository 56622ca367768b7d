import { FAILED_READ } from '../errors/error-of-failure.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { vpcChannelId } from '../lib/ids.ts'
import type { VpcChannelProduct } from '../lib/products.ts'
import * as api from '../upstream/api/instance-channels.ts'
import { unreadable } from '../upstream/upstream-failure.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import { readVpcChannel } from '../vpc-channel/vpc-channel-response.ts'
import { channelInstance } from './channel-instance.ts'
import { upstreamError } from './map-upstream-error.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import type { UpstreamServices } from './upstream-services.ts'
import { throwIfInvalid, validateIds } from './validate.ts'

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
  services: UpstreamServices,
  key: VpcChannelKey,
  context: OperationContext,
): Promise<VpcChannel | null> {
  const call = callContext(context)
  throwIfInvalid(validateIds({ projectId: key.projectId, instanceId: key.instanceId, id: key.id }))
  const { client, instance } = channelInstance(services, key)
  try {
    const success = await api.showVpcChannel(client, instance, vpcChannelId(key.id), call)
    const channel = readVpcChannel(success.body, key, context.noteUnknown)
    if (channel?.id === undefined) throw unreadable(success)
    channel.members ??= null
    channel.healthCheck ??= null
    return channel
  } catch (thrown) {
    const error = upstreamError(thrown, FAILED_READ)
    if (error instanceof GatewayError && error.reason === 'CHANNEL_NOT_FOUND') return null
    throw error
  }
}
