import { parameterRefused } from '../refusals.ts'
import type { Rules } from '../validation/rules.ts'

const DEFAULT_LIMIT = 20
const MAX_LIMIT = 500

/** The part of a list that `offset` and `limit` ask for. */
export function pageOf<Item>(
  { cloud, product }: Rules,
  items: readonly Item[],
  query: URLSearchParams,
): readonly Item[] {
  // "An offset below 0 is converted to 0", the list pages.
  const offset = Math.max(0, integerAt(query, 'offset') ?? 0)
  const asked = integerAt(query, 'limit') ?? DEFAULT_LIMIT
  const limit = cloud.edition === 'current' && product === 'APIG' ? corrected(asked) : checked(asked)
  return items.slice(offset, offset + limit)
}

/** APIG's description of 2025-09-02. That of ROMA Connect names the range alone. */
function corrected(limit: number): number {
  return limit < 1 ? DEFAULT_LIMIT : Math.min(limit, MAX_LIMIT)
}

function checked(limit: number): number {
  if (limit < 1) throw parameterRefused('tooSmall', 'limit')
  if (limit > MAX_LIMIT) throw parameterRefused('tooLarge', 'limit')
  return limit
}

function integerAt(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^-?\d+$/.test(text)) throw parameterRefused('invalid', name)
  return Number(text)
}
