import { parameterRefused } from '../refusals.ts'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 500

/** The part of a list that `offset` and `limit` ask for. */
export function pageOf<Item>(items: readonly Item[], query: URLSearchParams): readonly Item[] {
  // "An offset below 0 is converted to 0", the list pages.
  const offset = Math.max(0, integerAt(query, 'offset') ?? 0)
  const limit = integerAt(query, 'limit') ?? DEFAULT_LIMIT
  if (limit < 1) throw parameterRefused('tooSmall', 'limit')
  if (limit > MAX_LIMIT) throw parameterRefused('tooLarge', 'limit')
  return items.slice(offset, offset + limit)
}

function integerAt(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^-?\d+$/.test(text)) throw parameterRefused('invalid', name)
  return Number(text)
}
