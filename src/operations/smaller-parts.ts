import { GatewayError } from '../errors/gateway-error.ts'
import { type ChannelList, type ListPart, MAX_PART } from './list-vpc-channels.ts'

type FetchPart = (part: ListPart) => Promise<ChannelList>

/**
 * Fetches parts of one list. Where the response with a part is too long, it asks for half as many channels, down to one. After
 * two parts in a row that it could read, it asks for twice as many again: often one channel alone is very long.
 */
export function inSmallerParts(fetchPart: FetchPart): FetchPart {
  let most = MAX_PART
  let readInRow = 0
  return async ({ offset, limit }) => {
    for (;;) {
      const asked = Math.min(limit, most)
      try {
        const list = await fetchPart({ offset, limit: asked })
        readInRow = (readInRow + 1) % 2
        if (readInRow === 0) most = Math.min(MAX_PART, most * 2)
        return list
      } catch (error) {
        if (!isTooLong(error) || asked === 1) throw error
        most = Math.floor(asked / 2)
        readInRow = 0
      }
    }
  }
}

const isTooLong = (error: unknown): boolean =>
  error instanceof GatewayError && error.reason === 'ANSWER_TOO_LONG'
