import type { Field } from './field-table.ts'

export const OPTIONAL_PORT: Field = { type: 'integer', min: 0, max: 65_535 }
export const PORT: Field = { type: 'integer', mandatory: true, min: 1, max: 65_535 }
export const ONE_OR_TWO: Field = { type: 'integer', min: 1, max: 2 }
