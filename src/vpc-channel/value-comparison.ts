import { type Comparison, type Difference, orNothing, type Scope } from './comparison.ts'

interface ValueComparison<Wanted, Found> {
  /** The expected value, where the cloud may fill in or leave out something; default: the value of the input. */
  readonly fillIn?: (wanted: Wanted | null | undefined, found: Found | null, scope: Scope) => unknown
  /** Normalises the spelling of a value. */
  readonly spell?: (value: unknown, channelPort: number | null) => unknown
  /** Whether the found value counts; by default a `null` enum or number (absent or unreadable) does not. */
  readonly isCertain?: (found: unknown) => boolean
  /** Whether a difference of the whole object includes the value. */
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
      // Where both use the port of the channel they agree, even if that port changes.
      const wanted = spell(fillIn(given, found ?? null, scope), scope.wantedPort) ?? null
      const spelt = spell(found, scope.wantedPort) ?? null
      return wanted === spelt ? [] : [{ path, wanted, found: spelt, certain: isCertain(spelt) }]
    },
    shown: (found, { foundPort }) => (isShown ? spell(found, foundPort) : undefined),
  }
}

/** Expects the value of the input; expects nothing where the input omits it. */
export const asGiven = compared<unknown, unknown>({})

/** Expects the cloud's choice where the input omits it. */
export const filledIn = compared<unknown, unknown>({ fillIn: (wanted, found) => wanted ?? found })

/** Like `filledIn`, but an update does not change the value. */
export const filledInOnce = compared<unknown, unknown>({
  fillIn: (wanted, found, { kind }) => (kind === 'CREATE' ? (wanted ?? found) : found),
})

/** Expects this default, in the answer or not, where the input omits it. */
export const whenOmitted = <Value>(used: NoInfer<Value>): Comparison<Value, Value | null> =>
  compared({ spell: (value) => value ?? used })

/** A text, or a number in which 0 means absent. Every answer that does not have it says that there is none. */
export const orNone = compared<unknown, unknown>({ spell: orNothing, isCertain: () => true })

/** Like `orNone`, but some answers leave it out even if there is one. */
export const orNoneIfShown = compared<unknown, unknown>({ spell: orNothing })

/** Like `orNone`, but the cloud can replace it: a difference does not say whether the write is applied. */
export const completed = compared<unknown, unknown>({ spell: orNothing, isCertain: () => false })

/** Like `completed`, for a field that only servers of type ECS have. */
export const completedOfEcs = compared<unknown, unknown>({
  fillIn: (wanted, found, { memberType }) => (memberType === 'ECS' ? (wanted ?? found) : found),
  spell: orNothing,
  isCertain: () => false,
  isShown: false,
})

/** The cloud may not keep it (`dictCode` is not supported yet): an absent value is no difference. */
export const ifKept: Comparison<string, string | null> = compared<string, string | null>({
  fillIn: (wanted, found) => (found === null ? null : (wanted?.trim() ?? found)),
  isShown: false,
})

/** A port; absent and 0 mean the port of the channel. */
export const portOrChannels = compared<unknown, unknown>({
  spell: (port, channelPort) => port || channelPort,
})
