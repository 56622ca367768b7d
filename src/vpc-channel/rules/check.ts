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
  const root = newNode()
  rules.forEach((rule, order) => {
    const node = nodeAt(root, rule.path.split('.'))
    const placed = { rule: rule.rule, order, test: testOf(rule) }
    node.rules.push(placed)
    if (rule.rule === 'REQUIRED') node.rulesOfAbsent.push(placed)
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

/** A node of the tree of rules: the rules for a value of the input, and the nodes below it. */
interface RuleNode {
  readonly rules: PlacedRule[]
  /** The rules that an absent value can break. */
  readonly rulesOfAbsent: PlacedRule[]
  readonly fields: { readonly name: string; readonly node: RuleNode }[]
  items: RuleNode | undefined
}

interface PlacedRule {
  readonly rule: Rule['rule']
  readonly order: number
  readonly test: Test
}

const newNode = (): RuleNode => ({ rules: [], rulesOfAbsent: [], fields: [], items: undefined })

/** The node at a path; adds it and its parents where they do not exist yet. */
function nodeAt(from: RuleNode, [segment, ...rest]: readonly string[]): RuleNode {
  if (segment === undefined) return from
  if (segment === '*') {
    from.items ??= newNode()
    return nodeAt(from.items, rest)
  }
  const known = from.fields.find(({ name }) => name === segment)?.node
  if (known !== undefined) return nodeAt(known, rest)
  const made = newNode()
  from.fields.push({ name: segment, node: made })
  return nodeAt(made, rest)
}

/** Tests the value of a node and everything below it; an absent value too, if its parent exists. */
function inspect(
  value: unknown,
  { rules, rulesOfAbsent, fields, items }: RuleNode,
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
  for (const { name, node } of fields) {
    path.push(name)
    inspect((value as Record<string, unknown>)[name], node, inspection)
    path.pop()
  }
}
