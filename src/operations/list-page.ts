import type { ResponseTimes } from './cloud-time.ts'
import { type ChannelList, type ListedChannel, type ListPart, MAX_PART } from './list-vpc-channels.ts'
import { inSmallerParts } from './smaller-parts.ts'

/** A page of a list. */
export interface ListPage {
  /** The channels with their positions in the whole list. */
  readonly channels: readonly ListedChannel[]
  /** The position of the first item of the page, and how many items the page has taken. */
  readonly offset: number
  readonly taken: number
  /** How many items the whole list has. */
  readonly total: number
  /** Whether there are items after the page. */
  readonly hasMore: boolean
  /** The times of the response with the last part. */
  readonly times: ResponseTimes
}

/**
 * Fetches a page in as many parts as it takes: the cloud may return fewer channels than the limit, and a response with
 * all of them may be too long. Ends where the page is full, where the list ends, and where a part brings nothing.
 */
export async function listPage(
  { offset, limit }: ListPart,
  fetchPart: (part: ListPart) => Promise<ChannelList>,
): Promise<ListPage> {
  const channels: ListedChannel[] = []
  const fetchSmaller = inSmallerParts(fetchPart)
  let received = 0
  for (;;) {
    const from = offset + received
    const part = await fetchSmaller({
      offset: from,
      limit: Math.min(Math.max(limit - received, 1), MAX_PART),
    })
    channels.push(...part.channels.map(({ position, channel }) => ({ position: from + position, channel })))
    received += part.received
    const isFull = received >= limit
    if (isFull || offset + received >= part.total || part.received === 0) {
      const taken = Math.min(received, limit)
      return {
        channels: channels.filter(({ position }) => position < offset + taken),
        offset,
        taken,
        total: part.total,
        hasMore: isFull && offset + taken < part.total,
        times: part.times,
      }
    }
  }
}
