import { GatewayError } from '../errors/gateway-error.ts'
import type { ValidationFault } from '../errors/validation-fault.ts'
import { isId } from '../lib/ids.ts'
import type { Checker } from '../vpc-channel/rules/check.ts'

/** @throws {GatewayError} BAD_USER_INPUT with every fault, if there is one */
export function throwIfInvalid(faults: readonly ValidationFault[]): void {
  if (faults.length > 0) {
    throw new GatewayError('BAD_USER_INPUT', { effect: 'NOT_APPLIED', validation: faults })
  }
}

/** The faults of ids among a field's arguments; each argument is named as the field names it. */
export function validateIds(ids: Readonly<Record<string, string>>): ValidationFault[] {
  const faults: ValidationFault[] = []
  for (const name in ids) {
    const id = ids[name] ?? ''
    if (isId(id)) continue
    faults.push({ path: [name], rule: id === '' ? 'REQUIRED' : 'ID', params: {}, source: 'GATEWAY' })
  }
  return faults
}

/** A checker for each field that takes a write's input, made once. */
export type InputCheckers = ReadonlyMap<string, Checker>

/** @throws {GatewayError} BAD_USER_INPUT with every fault of the input, if there is one */
export function throwIfInputInvalid(checkers: InputCheckers, field: string, input: object): void {
  const check = checkers.get(field)
  if (check === undefined) throw new Error(`writes.ts does not list ${field}`)
  throwIfInvalid(check(input))
}
