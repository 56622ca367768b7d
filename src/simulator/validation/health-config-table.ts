import type { Edition } from '../cloud/edition.ts'
import type { Product } from '../cloud/seed.ts'
import { DIFFERENCES } from './differences.ts'
import type { Field, FieldTable } from './field-table.ts'
import { ONE_OR_TWO, OPTIONAL_PORT } from './numbers.ts'

/** `VpcHealthConfig`, also the body of `PUT …/health-config` */
export function healthConfigTable(edition: Edition, product: Product): FieldTable {
  const { method, minThreshold, minInterval, minTimeout } = DIFFERENCES[edition][product]
  const threshold: Field = { type: 'integer', mandatory: true, min: minThreshold, max: 10 }
  return {
    // The tables spell it in capitals, the examples do not.
    protocol: { type: 'string', mandatory: true, pattern: /^(tcp|http|https)$/i },
    path: { type: 'string' },
    port: OPTIONAL_PORT,
    time_interval: { type: 'integer', mandatory: true, min: minInterval, max: 300 },
    http_code: { type: 'string', pattern: /^[1-5]\d\d(-[1-5]\d\d)?(,[1-5]\d\d(-[1-5]\d\d)?)*$/ },
    enable_client_ssl: { type: 'boolean' },
    status: ONE_OR_TWO,
    timeout: { type: 'integer', mandatory: true, min: minTimeout, max: 30 },
    method: { type: 'string', ...(method && { pattern: method }) },
    threshold_normal: threshold,
    threshold_abnormal: threshold,
  }
}
