import { GatewayError } from '../errors/gateway-error.ts'
import type { VpcChannelProduct } from '../lib/products.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import type { ResponseTimes } from './cloud-time.ts'
import { listPage } from './list-page.ts'
import { listVpcChannels } from './list-vpc-channels.ts'
import type { OperationContext } from './operation-context.ts'
import { showVpcChannel } from './show-vpc-channel.ts'
import type { UpstreamServices } from './upstream-services.ts'

/** A channel, and the times of the response that listed it. */
export interface FoundChannel {
  readonly channel: VpcChannel
  readonly times: ResponseTimes
}

/**
 * The channel of exactly one name in an instance, whole; `null` where there is none. Names are unique in an instance.
 *
 * @throws {GatewayError} where nothing is known, too: the list holds something that cannot be read, or fewer channels than
 * it counts, or one that is not there when it is shown
 */
export async function findVpcChannelNamed(
  services: UpstreamServices,
  of: {
    readonly product: VpcChannelProduct
    readonly projectId: string
    readonly instanceId: string
    readonly name: string
  },
  context: OperationContext,
): Promise<FoundChannel | null> {
  const query = { name: of.name, precise_search: 'name' } as const
  const page = await listPage({ offset: 0, limit: Number.POSITIVE_INFINITY }, (part) =>
    listVpcChannels(services, of, { ...query, ...part }, context),
  )
  const listed = page.channels.find((one) => one.channel.name === of.name)?.channel
  if (listed?.id !== undefined) {
    const channel = await showVpcChannel(services, { ...of, id: listed.id }, context)
    if (channel === null) throw unreadableList()
    return { channel, times: page.times }
  }
  if (page.channels.length < page.total) throw unreadableList()
  return null
}

const unreadableList = (): GatewayError =>
  new GatewayError('UPSTREAM_BAD_RESPONSE', { reason: 'UNREADABLE_ANSWER', transient: true })
