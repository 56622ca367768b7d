import type { VpcChannel, VpcChannelProduct } from '../translation/vpc-channel.ts'
import type { Cloud } from './cloud.ts'
import { LONGEST_PART, listVpcChannels } from './list-vpc-channels.ts'
import type { OperationContext } from './operation-context.ts'
import { showVpcChannel } from './show-vpc-channel.ts'

/** The channel of exactly one name in an instance, whole; `null` where there is none. Names are unique in an instance. */
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
  const query = { name: of.name, precise_search: 'name', limit: LONGEST_PART } as const
  const { channels } = await listVpcChannels(cloud, of, query, context)
  const channel = channels.find((one) => one.channel.name === of.name)?.channel
  return channel?.id === undefined ? null : showVpcChannel(cloud, { ...of, id: channel.id }, context)
}
