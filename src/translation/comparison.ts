/** One part of a channel that is not as an input wants it; `null` is "nothing there". */
export interface Difference {
  /** In GraphQL's names; an item of a set by its key: `members[192.168.0.5:22]`. */
  readonly path: string
  readonly wanted: unknown
  readonly found: unknown
  /** `false` where the cloud's answer does not show enough to tell. */
  readonly certain: boolean
}

/** How a channel matches an input: `POSSIBLE` where the cloud's answer does not show enough to tell. */
export type Match = 'EXACT' | 'POSSIBLE' | 'NONE'

export function matchOf(differences: readonly Difference[]): Match {
  if (differences.length === 0) return 'EXACT'
  return differences.some(({ certain }) => certain) ? 'NONE' : 'POSSIBLE'
}

/** What is wanted and what is there, `null` or `undefined` for nothing. */
export type Pair = readonly [wanted: unknown, found: unknown]

/**
 * The pairs whose halves differ. An enum or a number that an answer does not show, or shows in a way that cannot be read,
 * says nothing: such a difference is not certain. `texts` are the fields whose absence means "nothing there".
 */
export function differentPairs(
  prefix: string,
  pairs: Readonly<Record<string, Pair>>,
  texts: readonly string[] = [],
): Difference[] {
  return Object.entries(pairs)
    .filter(([, [wanted, found]]) => (wanted ?? null) !== (found ?? null))
    .map(([name, [wanted, found]]) => ({
      path: `${prefix}${name}`,
      wanted: wanted ?? null,
      found: found ?? null,
      certain: texts.includes(name) || (found ?? null) !== null,
    }))
}

/** An item of a set: its identity, and the text that a path names it by. */
export interface Keyed<Item> {
  readonly key: string
  readonly label: string
  readonly item: Item
}

/**
 * Compares two multisets: the items that only one has, and the differences of those that both have. `shown` is what a
 * difference says of an item that was found.
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

/** `""` and 0 are the cloud's ways of saying nothing; blanks at the ends mean nothing. */
export function orNothing<Value>(value: Value | null | undefined): Value | string | null {
  const plain = typeof value === 'string' ? value.trim() : value
  return plain === undefined || plain === '' || plain === 0 ? null : plain
}
