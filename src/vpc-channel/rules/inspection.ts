import type { FaultPath, ValidationFault } from '../../errors/validation-fault.ts'
import type { Rule } from './rule.ts'

export type Params = Readonly<Record<string, unknown>>

/** A walk through an input and its faults. One object serves a whole check, and copies a path only to report it. */
export class Inspection {
  readonly input: object
  readonly found: { readonly order: number; readonly fault: ValidationFault }[] = []
  /** Path of the value under test. */
  readonly path: (string | number)[] = []
  /** The rule under test, and its position among all rules. */
  rule: { readonly rule: Rule['rule']; readonly order: number } = { rule: 'REQUIRED', order: 0 }

  constructor(input: object) {
    this.input = input
  }

  /** Reports a fault, here or `below`. */
  report(params: Params, ...below: FaultPath): void {
    const { rule, order } = this.rule
    const path = ['input', ...this.path, ...below]
    this.found.push({ order, fault: { path, rule, params, source: 'GATEWAY' } })
  }
}
