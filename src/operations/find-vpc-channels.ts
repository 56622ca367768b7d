import type { VpcChannel } from '../translation/vpc-channel.ts'
import type { Cloud } from './cloud.ts'
import { LONGEST_PART, listVpcChannels } from './list-vpc-channels.ts'
import type { OperationContext } from './operation-context.ts'
import type { VpcChannelKey } from './show-vpc-channel.ts'

/** Finds one channel by a call of its own. */
export type ShowChannel = (id: string) => Promise<VpcChannel | null | Error>

/**
 * Finds several channels of one instance by their ids with as few calls as it can, as lists show them: pages through the
 * list as long as a page costs less than asking for those that are still missing one by one.
 */
export async function findVpcChannels(
  cloud: Cloud,
  instance: Omit<VpcChannelKey, 'id'>,
  ids: readonly string[],
  show: ShowChannel,
  context: OperationContext,
): Promise<ReadonlyMap<string, VpcChannel | null | Error>> {
  const found = new Map<string, VpcChannel | null | Error>()
  let missing = [...new Set(ids)]
  let offset = 0
  let pagesLeft = 1
  while (pagesLeft > 0 && missing.length > pagesLeft) {
    const page = await listVpcChannels(cloud, instance, { offset, limit: LONGEST_PART }, context)
    for (const channel of page.channels) found.set(channel.id ?? '', channel)
    missing = missing.filter((id) => !found.has(id))
    offset += page.received
    pagesLeft = page.received === 0 ? 0 : Math.ceil((page.total - offset) / LONGEST_PART)
  }
  // With no page left, what is missing is nowhere; else each costs one call.
  const shown = pagesLeft > 0 ? await Promise.all(missing.map(show)) : missing.map(() => null)
  missing.forEach((id, index) => {
    found.set(id, shown[index] ?? null)
  })
  return found
}
