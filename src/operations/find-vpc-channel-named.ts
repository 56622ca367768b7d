import { GatewayError } from '../errors/gateway-error.ts'
import type { VpcChannel, VpcChannelProduct } from '../translation/vpc-channel.ts'
import type { Cloud } from './cloud.ts'
import { listPage } from './list-page.ts'
import { LONGEST_PART, listVpcChannels } from './list-vpc-channels.ts'
import type { OperationContext } from './operation-context.ts'
import { showVpcChannel } from './show-vpc-channel.ts'

/**
 * The channel of exactly one name in an instance, whole; `null` where there is none. Names are unique in an instance.
 *
 * @throws {GatewayError} where it cannot be told, too: the list holds something that cannot be read
 */
export async function findVpcChannelNamed(
  cloud: Cloud,
  of: {
    readonly product: VpcChannelProduct
    readonly projectId: string
    readonly instanceId: string
    readonly name: string
  },
  context: OperationContext,
): Promise<VpcChannel | null> {
  const query = { name: of.name, precise_search: 'name' } as const
  const page = await listPage({ offset: 0, limit: LONGEST_PART }, (part) =>
    listVpcChannels(cloud, of, { ...query, ...part }, context),
  )
  const channel = page.channels.find((one) => one.channel.name === of.name)?.channel
  if (channel?.id !== undefined) return showVpcChannel(cloud, { ...of, id: channel.id }, context)
  if (page.channels.length < page.taken) {
    throw new GatewayError('UPSTREAM_BAD_RESPONSE', { reason: 'UNREADABLE_ANSWER' })
  }
  return null
}
