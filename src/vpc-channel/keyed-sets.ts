import type { Difference } from './comparison.ts'

/** An item of a set: its identity, and the text that a path names it by. */
export interface Keyed<Item> {
  readonly key: string
  readonly label: string
  readonly item: Item
}

/**
 * Compares two multisets: the items that only one has, and the differences of those that both have. `shown` is what a
 * difference says about an item of the channel.
 */
export function differentSets<Wanted, Found>(
  path: string,
  wanted: readonly Keyed<Wanted>[],
  found: readonly Keyed<Found>[],
  compare: (path: string, wanted: Wanted, found: Found) => Difference[],
  shown: (found: Found) => unknown,
): Difference[] {
  const left = new Map<string, Keyed<Found>[]>()
  for (const one of found) left.set(one.key, [...(left.get(one.key) ?? []), one])
  const ofWanted = wanted.flatMap(({ key, label, item }) => {
    const match = left.get(key)?.shift()
    const at = `${path}[${label}]`
    return match === undefined
      ? [{ path: at, wanted: item, found: null, certain: true }]
      : compare(`${at}.`, item, match.item)
  })
  const onlyFound = [...left.values()].flat().map(({ label, item }) => ({
    path: `${path}[${label}]`,
    wanted: null,
    found: shown(item),
    certain: true,
  }))
  return [...ofWanted, ...onlyFound]
}
