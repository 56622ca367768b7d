export type Labels = Readonly<Record<string, string>>

/** A metric's series: one state for each combination of label values. */
export interface Series<State> {
  /** The state of a combination; its values stand in the order of the labels. */
  readonly at: (first: string, second?: string, third?: string, fourth?: string) => State
  readonly all: () => Iterable<{ readonly labels: Labels; readonly state: State }>
}

/** No metric has more series than this, whatever callers and the cloud send. */
const MOST_SERIES = 1_000

/** Series made as they are needed. Where there are too many, what is new is counted together under `other`. */
export function createSeries<State>(labels: readonly string[], makeState: () => State): Series<State> {
  const known = new Map<string, { readonly labels: Labels; readonly state: State }>()

  function add(values: readonly string[]): State {
    const named = Object.fromEntries(labels.map((label, index) => [label, values[index] ?? '']))
    const state = makeState()
    known.set(keyOf(values[0], values[1], values[2], values[3]), { labels: named, state })
    return state
  }

  return {
    at: (first, second, third, fourth) => {
      const series = known.get(keyOf(first, second, third, fourth))
      if (series !== undefined) return series.state
      if (known.size < MOST_SERIES) return add([first, second ?? '', third ?? '', fourth ?? ''])
      return known.get(OTHER)?.state ?? add(['other', 'other', 'other', 'other'])
    },
    all: () => known.values(),
  }
}

const keyOf = (first = '', second = '', third = '', fourth = ''): string =>
  `${first} ${second} ${third} ${fourth}`

const OTHER = keyOf('other', 'other', 'other', 'other')
