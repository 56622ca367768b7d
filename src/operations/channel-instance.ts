import type { VpcChannelProduct } from '../translation/vpc-channel.ts'
import { instanceId, projectId } from '../upstream/ids.ts'
import type { ChannelInstance } from '../upstream/instance-channels-api.ts'
import type { UpstreamClient } from '../upstream/upstream-client.ts'
import type { Cloud } from './cloud.ts'

const APIS = { APIG: 'apigw', ROMA_CONNECT: 'apic' } as const satisfies Record<
  VpcChannelProduct,
  ChannelInstance['api']
>

/** The instance as REST addresses it, and the client that reaches it. Its ids have been checked. */
export function channelInstance(
  cloud: Cloud,
  {
    product,
    ...ids
  }: { readonly product: VpcChannelProduct; readonly projectId: string; readonly instanceId: string },
): { readonly client: UpstreamClient; readonly instance: ChannelInstance } {
  return {
    client: product === 'APIG' ? cloud.apig : cloud.roma,
    instance: {
      api: APIS[product],
      projectId: projectId(ids.projectId),
      instanceId: instanceId(ids.instanceId),
    },
  }
}
