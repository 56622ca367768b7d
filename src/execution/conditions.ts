import { type DocumentNode, Kind, visit } from 'graphql'
import type { Run } from './run.ts'

/*
 * By `@skip` and `@include` the selected fields can depend on variables. An operation has one plan per combination of their
 * values, so that a running operation has nothing to decide.
 */

/** Plans that one operation keeps. */
export const MAX_PLANS = 8

/** The variables that the selection depends on. */
export function conditionsOf(document: DocumentNode): readonly string[] {
  const names = new Set<string>()
  visit(document, {
    Directive({ arguments: given = [] }) {
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value)
    },
  })
  return [...names]
}

/** The document with every field that can be selected. */
export const unconditional = (document: DocumentNode, conditions: readonly string[]): DocumentNode =>
  conditions.length === 0 ? document : visit(document, { Directive: () => null })

/** The plan for these values of the variables; made at the first use. */
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
