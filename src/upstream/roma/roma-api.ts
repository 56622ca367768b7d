import type { CallContext } from '../call-context.ts'
import type { InstanceId, ProjectId, VpcChannelId } from '../ids.ts'
import type { UpstreamClient, UpstreamSuccess } from '../upstream-client.ts'
import type { ProjectVpcChannelsBody } from '../vpc-channel-body.ts'

const projectChannelsPath = (projectId: ProjectId): string => `/v2/${projectId}/apic/vpc-channels`

/** Creates or changes the VPC channel of one name in several instances. */
export const upsertProjectVpcChannels = (
  client: UpstreamClient,
  projectId: ProjectId,
  body: ProjectVpcChannelsBody,
  context: CallContext,
): Promise<UpstreamSuccess> =>
  client.call(
    { operation: 'upsertProjectVpcChannels', method: 'PUT', path: projectChannelsPath(projectId), body },
    context,
  )

/** Lists a project's VPC channels of exactly one name, over all its instances. */
export const listProjectVpcChannelsByName = (
  client: UpstreamClient,
  projectId: ProjectId,
  name: string,
  context: CallContext,
): Promise<UpstreamSuccess> => {
  const query = new URLSearchParams({ name, precise_search: 'name', limit: '500' })
  return client.call(
    {
      operation: 'listProjectVpcChannels',
      method: 'GET',
      path: `${projectChannelsPath(projectId)}?${query}`,
    },
    context,
  )
}

/** Shows a VPC channel of an instance, with its members and its health check. */
export const showVpcChannel = (
  client: UpstreamClient,
  projectId: ProjectId,
  instanceId: InstanceId,
  id: VpcChannelId,
  context: CallContext,
): Promise<UpstreamSuccess> =>
  client.call(
    {
      operation: 'showVpcChannel',
      method: 'GET',
      path: `/v2/${projectId}/apic/instances/${instanceId}/vpc-channels/${id}`,
    },
    context,
  )
