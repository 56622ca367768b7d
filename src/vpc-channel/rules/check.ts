import { MAX_FAULTS, type ValidationFault } from '../../errors/validation-fault.ts'
import { Inspection } from './inspection.ts'
import type { Rule } from './rule.ts'
import { type Test, testOf } from './value-test.ts'

/**
 * Checks an input against all rules; returns the faults in the order of the rules, those of one field together. Accepts any
 * input: a rule ignores a value of another type.
 */
export type Checker = (input: object) => ValidationFault[]

/** Prepares the rules, so that a check is one walk through the input. */
export function makeChecker(rules: readonly Rule[]): Checker {
  const root = newPlace()
  rules.forEach((rule, order) => {
    const place = placeAt(root, rule.path.split('.'))
    const placed = { rule: rule.rule, order, test: testOf(rule) }
    place.rules.push(placed)
    if (rule.rule === 'REQUIRED') place.rulesOfAbsent.push(placed)
  })
  return (input) => {
    const inspection = new Inspection(input)
    inspect(input, root, inspection)
    if (inspection.found.length === 0) return []
    const faults = inspection.found
      .toSorted((one, other) => one.order - other.order)
      .map(({ fault }) => fault)
    const reported = faults.slice(0, MAX_FAULTS)
    return [...Map.groupBy(reported, (fault) => JSON.stringify(fault.path)).values()].flat()
  }
}

/** A place in inputs: the rules for its value, and the places below it. */
interface Place {
  readonly rules: PlacedRule[]
  /** The rules that an absent value can break. */
  readonly rulesOfAbsent: PlacedRule[]
  readonly fields: { readonly name: string; readonly place: Place }[]
  items: Place | undefined
}

interface PlacedRule {
  readonly rule: Rule['rule']
  readonly order: number
  readonly test: Test
}

const newPlace = (): Place => ({ rules: [], rulesOfAbsent: [], fields: [], items: undefined })

/** The place at a path; adds it and its parents where they do not exist yet. */
function placeAt(from: Place, [segment, ...rest]: readonly string[]): Place {
  if (segment === undefined) return from
  if (segment === '*') {
    from.items ??= newPlace()
    return placeAt(from.items, rest)
  }
  const known = from.fields.find(({ name }) => name === segment)?.place
  if (known !== undefined) return placeAt(known, rest)
  const made = newPlace()
  from.fields.push({ name: segment, place: made })
  return placeAt(made, rest)
}

/** Tests the value at a place and everything below it; an absent value too, if its parent exists. */
function inspect(
  value: unknown,
  { rules, rulesOfAbsent, fields, items }: Place,
  inspection: Inspection,
): void {
  for (const one of value === undefined || value === null ? rulesOfAbsent : rules) {
    inspection.rule = one
    one.test(value, inspection)
  }
  if (typeof value !== 'object' || value === null) return
  const { path } = inspection
  if (items !== undefined && Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      path.push(index)
      inspect(value[index], items, inspection)
      path.pop()
    }
  }
  for (const { name, place } of fields) {
    path.push(name)
    inspect((value as Record<string, unknown>)[name], place, inspection)
    path.pop()
  }
}
