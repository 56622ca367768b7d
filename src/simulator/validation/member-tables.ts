import type { Edition } from '../cloud/edition.ts'
import type { Product } from '../cloud/seed.ts'
import { DIFFERENCES } from './differences.ts'
import type { Field, FieldTable } from './field-table.ts'
import { ONE_OR_TWO, OPTIONAL_PORT } from './numbers.ts'

/** `MemberInfo` */
export function membersField(edition: Edition, product: Product): Field {
  const { maxHost, ecsName } = DIFFERENCES[edition][product]
  const fields: FieldTable = {
    host: { type: 'string', max: maxHost },
    weight: { type: 'integer', min: 0, max: 10_000 },
    is_backup: { type: 'boolean' },
    member_group_name: { type: 'string' },
    status: ONE_OR_TWO,
    port: OPTIONAL_PORT,
    ecs_id: { type: 'string', max: 255, pattern: /^[A-Za-z0-9_-]+$/ },
    ecs_name: { type: 'string', min: 1, max: 64, pattern: ecsName },
  }
  return { type: 'array', of: { type: 'object', fields } }
}

/** `VpcMemberCreate`, the body of `POST …/members` */
export function memberCreateTable(edition: Edition, product: Product): FieldTable {
  return { members: { ...membersField(edition, product), mandatory: true } }
}

/** `VpcMemberModify`, the body of `PUT …/members` */
export function memberModifyTable(edition: Edition, product: Product): FieldTable {
  return { members: membersField(edition, product), member_group_name: { type: 'string' } }
}

/** `MembersBatchEnableOrDisable` */
export const MEMBER_IDS_TABLE: FieldTable = { member_ids: { type: 'array', of: { type: 'string' } } }
