import type { InstanceId, ProjectId, VpcChannelId } from '../../lib/ids.ts'
import type { ProductPath } from '../../lib/products.ts'
import type { CallContext } from '../client/call-context.ts'
import type { UpstreamClient } from '../client/upstream-client.ts'
import type { UpstreamSuccess } from '../client/upstream-response.ts'
import { type ChannelListQuery, queryString } from './channel-list-query.ts'

/** An instance of either product: both APIs have the same reads below their prefixes. */
export interface ChannelInstance {
  readonly api: ProductPath
  readonly projectId: ProjectId
  readonly instanceId: InstanceId
}

const channelsPath = ({ api, projectId, instanceId }: ChannelInstance): string =>
  `/v2/${projectId}/${api}/instances/${instanceId}/vpc-channels`

/** Reads a VPC channel of an instance, with its members and its health check. */
export const showVpcChannel = (
  client: UpstreamClient,
  instance: ChannelInstance,
  id: VpcChannelId,
  context: CallContext,
): Promise<UpstreamSuccess> =>
  client.call(
    {
      operation: 'showVpcChannel',
      projectId: instance.projectId,
      method: 'GET',
      path: `${channelsPath(instance)}/${id}`,
    },
    context,
  )

/** Lists the VPC channels of an instance, without members and health checks. */
export const listVpcChannels = (
  client: UpstreamClient,
  instance: ChannelInstance,
  query: ChannelListQuery,
  context: CallContext,
): Promise<UpstreamSuccess> =>
  client.call(
    {
      operation: 'listVpcChannels',
      projectId: instance.projectId,
      method: 'GET',
      path: `${channelsPath(instance)}${queryString({ ...query })}`,
    },
    context,
  )
