import { copyString } from '../../documents/copy-string.ts'

export type Labels = Readonly<Record<string, string>>

/** A metric's series: one state for each combination of label values. */
export interface Series<State> {
  /** The state of a combination; its values are in the order of the labels. */
  readonly at: (first: string, second?: string, third?: string, fourth?: string) => State
  readonly all: () => Iterable<{ readonly labels: Labels; readonly state: State }>
}

/** No metric has more series than this, whatever callers and the cloud send. */
const MAX_SERIES = 1_000

/** Series made as they are needed. Where there are too many, what is new is counted together under `other`. */
export function createSeries<State>(labels: readonly string[], makeState: () => State): Series<State> {
  // By one value after the other: to make one key of all of them would cost more than the rest.
  const known: Tree<State> = new Map()
  const all: { readonly labels: Labels; readonly state: State }[] = []

  function add(values: readonly [string, string, string, string]): State {
    const named = Object.fromEntries(labels.map((label, index) => [label, copyString(values[index] ?? '')]))
    const state = makeState()
    const [first = '', second = '', third = '', fourth = ''] = values.map(copyString)
    below(below(below(known, first), second), third).set(fourth, state)
    all.push({ labels: named, state })
    return state
  }

  return {
    at: (first, second = '', third = '', fourth = '') => {
      const state = known.get(first)?.get(second)?.get(third)?.get(fourth)
      if (state !== undefined) return state
      if (all.length < MAX_SERIES) return add([first, second, third, fourth])
      return known.get(OTHER)?.get(OTHER)?.get(OTHER)?.get(OTHER) ?? add([OTHER, OTHER, OTHER, OTHER])
    },
    all: () => all,
  }
}

type Tree<State> = Map<string, Map<string, Map<string, Map<string, State>>>>

/** The branch of a value. */
function below<Branch extends Map<string, unknown>>(tree: Map<string, Branch>, value: string): Branch {
  const known = tree.get(value)
  if (known !== undefined) return known
  const made = new Map() as Branch
  tree.set(value, made)
  return made
}

const OTHER = 'other'
