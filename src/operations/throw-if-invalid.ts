import { GatewayError } from '../errors/gateway-error.ts'
import type { ValidationFault } from '../errors/validation-fault.ts'

/** @throws {GatewayError} BAD_USER_INPUT with every fault, if there is one */
export function throwIfInvalid(faults: readonly ValidationFault[]): void {
  if (faults.length > 0) {
    throw new GatewayError('BAD_USER_INPUT', { effect: 'NOT_APPLIED', validation: faults })
  }
}
