import type { CallContext } from '../call-context.ts'
import type { InstanceId, ProjectId } from '../ids.ts'
import type { RequestBody } from '../request-body.ts'
import type { UpstreamClient, UpstreamSuccess } from '../upstream-client.ts'

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
  body: RequestBody,
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
