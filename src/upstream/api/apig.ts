import type { InstanceId, ProjectId } from '../../lib/ids.ts'
import type { CallContext } from '../client/call-context.ts'
import type { UpstreamClient } from '../client/upstream-client.ts'
import type { UpstreamSuccess } from '../client/upstream-response.ts'

export interface ApigInstance {
  readonly projectId: ProjectId
  readonly instanceId: InstanceId
}

const channelsPath = ({ projectId, instanceId }: ApigInstance): string =>
  `/v2/${projectId}/apigw/instances/${instanceId}/vpc-channels`

/** Creates a VPC channel. Answers it without its members and its health check. */
export const createVpcChannel = (
  client: UpstreamClient,
  instance: ApigInstance,
  body: object,
  context: CallContext,
): Promise<UpstreamSuccess> =>
  client.call(
    {
      operation: 'createVpcChannel',
      projectId: instance.projectId,
      method: 'POST',
      path: channelsPath(instance),
      body,
    },
    context,
  )
