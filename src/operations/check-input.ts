import type { Checker } from '../vpc-channel/rules/check.ts'
import { throwIfInvalid } from './throw-if-invalid.ts'

/** A checker for each field that takes a write's input, made once. */
export type InputCheckers = ReadonlyMap<string, Checker>

/** @throws {GatewayError} BAD_USER_INPUT with every fault of the input, if there is one */
export function throwIfInputInvalid(checkers: InputCheckers, field: string, input: object): void {
  const check = checkers.get(field)
  if (check === undefined) throw new Error(`writes.ts does not list ${field}`)
  throwIfInvalid(check(input))
}
