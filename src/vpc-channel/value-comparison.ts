import { type Comparison, type Difference, orNothing, type Scope } from './comparison.ts'

interface ValueComparison<Wanted, Found> {
  /** What is wanted, where the cloud may have filled in or left out something; by default what the input says. */
  readonly fillIn?: (wanted: Wanted | null | undefined, found: Found | null, scope: Scope) => unknown
  /** A value in one spelling; by default as it is. */
  readonly spell?: (value: unknown, channelPort: number | null) => unknown
  /** By default, an enum or a number that an answer does not show, or shows in a way that cannot be read, says nothing. */
  readonly isCertain?: (found: unknown) => boolean
  /** Whether a difference of the whole object shows the value. */
  readonly isShown?: boolean
}

function compared<Wanted, Found>({
  fillIn = (wanted) => wanted,
  spell = (value) => value,
  isCertain = (found) => found !== null,
  isShown = true,
}: ValueComparison<Wanted, Found>): Comparison<Wanted, Found> {
  return {
    differences(path, given, found, scope): Difference[] {
      // Where both leave a port to the channel it is the same, whatever the channel's becomes.
      const wanted = spell(fillIn(given, found ?? null, scope), scope.wantedPort) ?? null
      const spelt = spell(found, scope.wantedPort) ?? null
      return wanted === spelt ? [] : [{ path, wanted, found: spelt, certain: isCertain(spelt) }]
    },
    shown: (found, { foundPort }) => (isShown ? spell(found, foundPort) : undefined),
  }
}

/** The value is the one that is asked for; none is asked for where the input leaves it out. */
export const asGiven = compared<unknown, unknown>({})

/** Where the input leaves it out, the cloud fills something in. */
export const filledIn = compared<unknown, unknown>({ fillIn: (wanted, found) => wanted ?? found })

/** Like `filledIn`, but an update leaves what is there as it is. */
export const filledInOnce = compared<unknown, unknown>({
  fillIn: (wanted, found, { kind }) => (kind === 'CREATE' ? (wanted ?? found) : found),
})

/** Where the input leaves it out, the cloud uses this value, shown or not. */
export const whenOmitted = <Value>(used: NoInfer<Value>): Comparison<Value, Value | null> =>
  compared({ spell: (value) => value ?? used })

/** A text, or a number of which 0 says nothing. Every answer shows it: where it is absent, there is none. */
export const orNone = compared<unknown, unknown>({ spell: orNothing, isCertain: () => true })

/** Like `orNone`, but some answers leave it out. */
export const orNoneIfShown = compared<unknown, unknown>({ spell: orNothing })

/** Like `orNone`, but the cloud completes it as it sees fit: a difference does not tell whether the write is applied. */
export const completed = compared<unknown, unknown>({ spell: orNothing, isCertain: () => false })

/** Like `completed`, for what only servers of the type ECS have. */
export const completedOfEcs = compared<unknown, unknown>({
  fillIn: (wanted, found, { memberType }) => (memberType === 'ECS' ? (wanted ?? found) : found),
  spell: orNothing,
  isCertain: () => false,
  isShown: false,
})

/** The cloud may not keep it (`dictCode` is not supported yet): if it has kept nothing, that is no difference. */
export const ifKept: Comparison<string, string | null> = compared<string, string | null>({
  fillIn: (wanted, found) => (found === null ? null : (wanted?.trim() ?? found)),
  isShown: false,
})

/** A port; none and 0 are the channel's. */
export const portOrChannels = compared<unknown, unknown>({
  spell: (port, channelPort) => port || channelPort,
})
