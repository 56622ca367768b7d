import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import { type ChannelList, type ListPart, MAX_PART } from './list-vpc-channels.ts'
import { inSmallerParts } from './smaller-parts.ts'

/** The two ways to find channels of an instance. */
export interface FindingSteps {
  /** Part of the instance's list. */
  readonly list: (part: ListPart) => Promise<ChannelList>
  /** One channel, with one call. */
  readonly show: (id: string) => Promise<VpcChannel | null | Error>
}

/**
 * Finds several channels of one instance by their ids with as few calls as it can, as lists show them: goes through the
 * list as long as its next part costs less than asking for those that are still missing one by one. Only a list that came
 * whole in one part says that a channel is not there: a longer one may have moved while it was read.
 */
export async function findVpcChannels(
  ids: readonly string[],
  { list, show }: FindingSteps,
): Promise<ReadonlyMap<string, VpcChannel | null | Error>> {
  const found = new Map<string, VpcChannel | null | Error>()
  const listPart = inSmallerParts(list)
  let missing = [...new Set(ids)]
  let offset = 0
  let partsLeft = 1
  let mostParts = 1
  let isWhole = false
  for (let parts = 1; partsLeft > 0 && parts <= mostParts && missing.length > partsLeft; parts += 1) {
    const part = await listPart({ offset, limit: MAX_PART })
    for (const { channel } of part.channels) found.set(channel.id ?? '', channel)
    missing = missing.filter((id) => !found.has(id))
    offset += part.received
    partsLeft = part.received === 0 ? 0 : Math.ceil((part.total - offset) / part.received)
    // A list may grow while it is read: without this bound the loop might not end.
    if (parts === 1) mostParts = 1 + partsLeft
    isWhole = parts === 1 && part.received >= part.total
  }
  const shown = isWhole ? [] : await Promise.all(missing.map(show))
  missing.forEach((id, index) => {
    found.set(id, shown[index] ?? null)
  })
  return found
}
