import type { VpcChannel } from '../translation/vpc-channel.ts'
import { type ChannelList, type ListPart, LONGEST_PART } from './list-vpc-channels.ts'

/** A page of a list: its channels, where it begins, and how many the whole list has. */
export interface ListPage {
  readonly channels: readonly VpcChannel[]
  readonly offset: number
  readonly total: number
}

/**
 * Fetches a page in as many parts as it takes: the cloud may answer fewer channels than it was asked for. Ends where the
 * page is full, where the list ends, and where a part brings nothing.
 */
export async function listPage(
  { offset, limit }: ListPart,
  fetchPart: (part: ListPart) => Promise<ChannelList>,
): Promise<ListPage> {
  const channels: VpcChannel[] = []
  let received = 0
  for (;;) {
    const part = await fetchPart({
      offset: offset + received,
      limit: Math.min(Math.max(limit - received, 1), LONGEST_PART),
    })
    channels.push(...part.channels)
    received += part.received
    if (received >= limit || offset + received >= part.total || part.received === 0) {
      return { channels: channels.slice(0, limit), offset, total: part.total }
    }
  }
}
