import { type DocumentNode, Kind, visit } from 'graphql'
import type { Run } from './run.ts'

/*
 * Which fields are selected may depend on variables, by `@skip` and `@include`. An operation has one plan for each choice
 * that has been asked for, so that nothing is decided while it runs.
 */

/** Plans of one operation that are kept. */
export const MAX_PLANS = 8

/** The variables that decide which fields are selected. */
export function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>()
  visit(document, {
    Directive({ arguments: given = [] }) {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}

/** The document with all fields that may be selected. */
export const unconditional = (document: DocumentNode, conditions: readonly string[]): DocumentNode =>
  conditions.length === 0 ? document : visit(document, { Directive: () => null })

/** The plan for the values of the variables that decide; made when they are first seen. */
export function planChooser<Plan>(
  conditions: readonly string[],
  plan: (variables: Run['variables']) => Plan,
): (variables: Run['variables']) => Plan {
  const plans = new Map<string, Plan>()
  return (variables) => {
    const deciding = Object.fromEntries(conditions.map((name) => [name, variables[name]]))
    const key = JSON.stringify(deciding)
    const known = plans.get(key)
    if (known !== undefined) return known
    if (plans.size === MAX_PLANS) plans.clear()
    const made = plan(deciding)
    plans.set(key, made)
    return made
  }
}
