import type { ChannelType, MemberType } from './codes.ts'

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

/** What a comparison is for. */
export type WriteKind =
  /** A channel as a creation of this input makes it. */
  | 'CREATE'
  /** A channel as an update with this input leaves it: type, and servers where the input has none, stay as they are. */
  | 'UPDATE'

/** What the comparison of a field depends on besides the field. */
export interface Scope {
  readonly kind: WriteKind
  /** As the input has them. */
  readonly memberType: MemberType
  readonly type: ChannelType | null | undefined
  readonly wantedPort: number
  /** The weights that the input gives groups, by their names. */
  readonly groupWeights: ReadonlyMap<string, number | null | undefined>
  /** The port that the channel has. */
  readonly foundPort: number | null
}

/** How a field of a channel is compared with an input's. */
export interface Comparison<Wanted, Found> {
  differences(
    path: string,
    wanted: Wanted | null | undefined,
    found: Found | null | undefined,
    scope: Scope,
  ): readonly Difference[]
  /** What a difference of the whole object says of the field that was found; `undefined` for nothing. */
  shown(found: Found | null | undefined, scope: Scope): unknown
}

export const uncertain = (difference: Difference): Difference => ({ ...difference, certain: false })

/** `""` and 0 are the cloud's ways of saying nothing; blanks at the ends mean nothing. */
export function orNothing<Value>(value: Value | null | undefined): Value | string | null {
  const plain = typeof value === 'string' ? value.trim() : value
  return plain === undefined || plain === '' || plain === 0 ? null : plain
}
