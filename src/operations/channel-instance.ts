import { instanceId, projectId } from '../lib/ids.ts'
import { PRODUCTS, type VpcChannelProduct } from '../lib/products.ts'
import type { ChannelInstance } from '../upstream/api/instance-channels.ts'
import type { UpstreamClient } from '../upstream/client/upstream-client.ts'
import type { UpstreamServices } from './upstream-services.ts'

/** The instance as REST addresses it, and the client that reaches it. Its ids have been checked. */
export function channelInstance(
  services: UpstreamServices,
  {
    product,
    ...ids
  }: { readonly product: VpcChannelProduct; readonly projectId: string; readonly instanceId: string },
): { readonly client: UpstreamClient; readonly instance: ChannelInstance } {
  return {
    client: services.clients[product],
    instance: {
      api: PRODUCTS[product].path,
      projectId: projectId(ids.projectId),
      instanceId: instanceId(ids.instanceId),
    },
  }
}
