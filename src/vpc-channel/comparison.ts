import type { ChannelType, MemberType } from './codes.ts'

/** One part of a channel that differs from an input; `null` means absent. */
export interface Difference {
  /** In GraphQL's names, an item of a set by its key: `members[192.168.0.5:22]`. */
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

/** The write that a comparison is for. */
export type WriteKind =
  /** Expects the channel that a creation makes of the input. */
  | 'CREATE'
  /** Expects the channel after an update with the input: type, and servers where the input has none, are unchanged. */
  | 'UPDATE'

/** The rest of input and channel, as far as the comparison of a field depends on it. */
export interface Scope {
  readonly kind: WriteKind
  /** From the input. */
  readonly memberType: MemberType
  readonly type: ChannelType | null | undefined
  readonly wantedPort: number
  /** Weights of the groups in the input, by name. */
  readonly groupWeights: ReadonlyMap<string, number | null | undefined>
  /** Port of the channel. */
  readonly foundPort: number | null
}

/** Compares a field of a channel with that of an input. */
export interface Comparison<Wanted, Found> {
  differences(
    path: string,
    wanted: Wanted | null | undefined,
    found: Found | null | undefined,
    scope: Scope,
  ): readonly Difference[]
  /** The value that a difference of the whole object shows for the field; `undefined` for none. */
  shown(found: Found | null | undefined, scope: Scope): unknown
}

export const uncertain = (difference: Difference): Difference => ({ ...difference, certain: false })

/** By `""` and 0 the cloud means absent; blanks at the ends do not count. */
export function orNothing<Value>(value: Value | null | undefined): Value | string | null {
  const plain = typeof value === 'string' ? value.trim() : value
  return plain === undefined || plain === '' || plain === 0 ? null : plain
}
