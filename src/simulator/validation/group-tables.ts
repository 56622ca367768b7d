import type { Edition } from '../cloud/edition.ts'
import type { Product } from '../cloud/seed.ts'
import { DIFFERENCES } from './differences.ts'
import type { Field, FieldTable } from './field-table.ts'
import { OPTIONAL_PORT } from './numbers.ts'

const LABEL: Field = {
  type: 'string',
  mandatory: true,
  min: 1,
  max: 63,
  pattern: /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/,
}

/** `MemberGroupCreate`, also the body of `PUT …/member-groups/{member_group_id}` */
export function groupTable(edition: Edition, product: Product): FieldTable {
  const { groupName, minGroupName, maxGroupName, maxRemark, dictCode } = DIFFERENCES[edition][product]
  return {
    member_group_name: {
      type: 'string',
      mandatory: true,
      min: minGroupName,
      ...(maxGroupName !== undefined && { max: maxGroupName }),
      ...(groupName && { pattern: groupName }),
    },
    member_group_remark: { type: 'string', ...(maxRemark !== undefined && { max: maxRemark }) },
    member_group_weight: { type: 'integer', min: 0, max: 100 },
    dict_code: { type: 'string', min: 3, max: 64, pattern: dictCode },
    microservice_version: { type: 'string', max: 64 },
    microservice_port: OPTIONAL_PORT,
    microservice_labels: {
      type: 'array',
      of: { type: 'object', fields: { label_name: LABEL, label_value: LABEL } },
    },
    ...(edition === 'current' && { reference_vpc_channel_id: { type: 'string', max: 64 } }),
  }
}

export function groupsField(edition: Edition, product: Product): Field {
  return { type: 'array', of: { type: 'object', fields: groupTable(edition, product) } }
}

/** `MemberGroupCreateBatch`, the body of `POST …/member-groups` */
export function groupCreateTable(edition: Edition, product: Product): FieldTable {
  return { member_groups: groupsField(edition, product) }
}
