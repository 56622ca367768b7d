import type { ValidationFault } from '../errors/validation-fault.ts'
import { isId } from '../upstream/ids.ts'

/** The faults of ids among a field's arguments; each argument is named as the field names it. */
export const idFaults = (ids: Readonly<Record<string, string>>): ValidationFault[] =>
  Object.entries(ids)
    .filter(([, id]) => !isId(id))
    .map(([name, id]) => ({
      path: [name],
      rule: id === '' ? 'REQUIRED' : 'ID',
      params: {},
      source: 'GATEWAY',
    }))
