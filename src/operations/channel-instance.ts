import { instanceId, projectId } from '../lib/ids.ts'
import type { ChannelInstance } from '../upstream/api/instance-channels.ts'
import type { UpstreamClient } from '../upstream/client/upstream-client.ts'
import type { VpcChannelProduct } from '../vpc-channel/vpc-channel.ts'
import type { UpstreamServices } from './upstream-services.ts'

const APIS = { APIG: 'apigw', ROMA_CONNECT: 'apic' } as const satisfies Record<
  VpcChannelProduct,
  ChannelInstance['api']
>

/** The instance as REST addresses it, and the client that reaches it. Its ids have been checked. */
export function channelInstance(
  services: UpstreamServices,
  {
    product,
    ...ids
  }: { readonly product: VpcChannelProduct; readonly projectId: string; readonly instanceId: string },
): { readonly client: UpstreamClient; readonly instance: ChannelInstance } {
  return {
    client: product === 'APIG' ? services.apig : services.roma,
    instance: {
      api: APIS[product],
      projectId: projectId(ids.projectId),
      instanceId: instanceId(ids.instanceId),
    },
  }
}
