import type { FieldTable } from './field-table.ts'

/** `FeatureToggle` */
export const FEATURE_TABLE: FieldTable = {
  name: { type: 'string', mandatory: true, min: 1, max: 64, pattern: /^[A-Za-z_]+$/ },
  enable: { type: 'boolean', mandatory: true },
  config: { type: 'string' },
}
