import type { FaultPath, ValidationFault } from '../../errors/validation-fault.ts'
import type { Rule } from './rule.ts'

export type Params = Readonly<Record<string, unknown>>

/** A walk through an input, and what it has found. One serves a whole check: a path is copied only where it is reported. */
export class Inspection {
  readonly input: object
  readonly found: { readonly order: number; readonly fault: ValidationFault }[] = []
  /** Where the value under test stands. */
  readonly path: (string | number)[] = []
  /** The rule that it is held to, and that rule's place among all. */
  rule: { readonly rule: Rule['rule']; readonly order: number } = { rule: 'REQUIRED', order: 0 }

  constructor(input: object) {
    this.input = input
  }

  /** Tells of a fault, here or `below`. */
  report(params: Params, ...below: FaultPath): void {
    const { rule, order } = this.rule
    const path = ['input', ...this.path, ...below]
    this.found.push({ order, fault: { path, rule, params, source: 'GATEWAY' } })
  }
}
