import type { ValidationFault } from '../errors/validation-fault.ts'
import { isId } from '../lib/ids.ts'

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
