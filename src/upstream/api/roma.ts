import type { InstanceId, ProjectId } from '../../lib/ids.ts'
import type { CallContext } from '../client/call-context.ts'
import type { UpstreamClient } from '../client/upstream-client.ts'
import type { UpstreamSuccess } from '../client/upstream-response.ts'
import { type ProjectChannelListQuery, queryString } from './channel-list-query.ts'

const projectChannelsPath = (projectId: ProjectId): string => `/v2/${projectId}/apic/vpc-channels`

/** Creates or changes the VPC channel of one name in several instances. */
export const upsertProjectVpcChannels = (
  client: UpstreamClient,
  projectId: ProjectId,
  body: object,
  context: CallContext,
): Promise<UpstreamSuccess> =>
  client.call(
    {
      operation: 'upsertProjectVpcChannels',
      projectId,
      method: 'PUT',
      path: projectChannelsPath(projectId),
      body,
    },
    context,
  )

/** Lists a project's VPC channels over all its instances. */
export const listProjectVpcChannels = (
  client: UpstreamClient,
  projectId: ProjectId,
  query: ProjectChannelListQuery,
  context: CallContext,
): Promise<UpstreamSuccess> =>
  client.call(
    {
      operation: 'listProjectVpcChannels',
      projectId,
      method: 'GET',
      path: `${projectChannelsPath(projectId)}${queryString({ ...query })}`,
    },
    context,
  )

/** Lists the features of an instance: whether the names of its channels may be changed is one of them. */
export const listInstanceFeatures = (
  client: UpstreamClient,
  projectId: ProjectId,
  instanceId: InstanceId,
  context: CallContext,
): Promise<UpstreamSuccess> =>
  client.call(
    {
      operation: 'listInstanceFeatures',
      projectId,
      method: 'GET',
      path: `/v2/${projectId}/apic/instances/${instanceId}/features?limit=500`,
    },
    context,
  )

/** Lists the quotas of a project in an instance. */
export const listProjectConfigs = (
  client: UpstreamClient,
  projectId: ProjectId,
  instanceId: InstanceId,
  context: CallContext,
): Promise<UpstreamSuccess> =>
  client.call(
    {
      operation: 'listProjectConfigs',
      projectId,
      method: 'GET',
      path: `/v2/${projectId}/apic/instances/${instanceId}/project/configs?limit=500`,
    },
    context,
  )
