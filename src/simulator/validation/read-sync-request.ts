import type { Call } from '../http/exchange.ts'
import { parameterMissing } from '../refusals.ts'
import { checkInstanceIds } from './check-instance-ids.ts'
import type { FieldTable } from './field-table.ts'
import { readBody } from './read-body.ts'
import type { Rules } from './rules.ts'

/** `ProjectVpcSync`, which calls nothing mandatory, while the sample of a 400 names the id as missing. */
const SYNC_TABLE: FieldTable = {
  vpc_channel_id: { type: 'string', max: 64 },
  instance_ids: { type: 'array', of: { type: 'string', min: 1, max: 64 } },
  force_sync: { type: 'boolean' },
}

export interface SyncRequest {
  readonly vpc_channel_id: string
  readonly instance_ids: readonly string[]
  readonly force_sync?: boolean
}

export function readSyncRequest(rules: Rules, call: Call): SyncRequest {
  // The table just checked is this type, row by row.
  const request = readBody(rules, call, SYNC_TABLE) as unknown as Partial<SyncRequest>
  const { vpc_channel_id: id, instance_ids: ids = [] } = request
  if (!id) throw parameterMissing(rules.product, 'id')
  checkInstanceIds(rules, ids)
  return { ...request, vpc_channel_id: id, instance_ids: ids }
}
