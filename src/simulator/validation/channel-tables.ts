import type { Edition } from '../cloud/edition.ts'
import type { Product } from '../cloud/seed.ts'
import { DIFFERENCES } from './differences.ts'
import type { FieldTable } from './field-table.ts'
import { groupsField } from './group-tables.ts'
import { healthConfigTable } from './health-config-table.ts'
import { membersField } from './member-tables.ts'
import { microserviceTable } from './microservice-table.ts'
import { PORT } from './numbers.ts'

/**
 * `VpcCreate`. Tables 3 to 10 of the APIG page, which lost its column of mandatory rows: they are those of the vendor's SDKs.
 * Tables 3 to 6 of the ROMA page, and what only its example or its answers have but the vendor's SDKs send: `type`,
 * `microservice_info` and a group's microservice fields.
 */
export function channelTable(edition: Edition, product: Product): FieldTable {
  const { name, dictCode } = DIFFERENCES[edition][product]
  return {
    name: { type: 'string', mandatory: true, min: 3, max: 64, pattern: name },
    port: PORT,
    balance_strategy: { type: 'integer', mandatory: true, min: 1, max: 4 },
    ...(edition === 'current' ? CURRENT_KIND : PAGES_KIND),
    dict_code: { type: 'string', min: 3, max: 64, pattern: dictCode },
    // Terraform sends null for none, and the live service takes it.
    member_groups: { ...groupsField(edition, product), ...(edition === 'current' && { nullable: true }) },
    members: { ...membersField(edition, product), ...(edition === 'current' && { nullable: true }) },
    vpc_health_config: { type: 'object', fields: healthConfigTable(edition, product) },
    microservice_info: { type: 'object', fields: microserviceTable(edition, product) },
  }
}

const PAGES_KIND: FieldTable = {
  member_type: { type: 'string', mandatory: true, pattern: /^(ip|ecs)$/ },
  type: { type: 'integer', min: 2, max: 3 },
}

const CURRENT_KIND: FieldTable = {
  // Mandatory in every table; the live service takes a channel without it.
  member_type: { type: 'string', pattern: /^(ip|ecs)$/ },
  // 0 and the empty text count as left out.
  type: { type: 'integer', min: 0, max: 3 },
  vpc_channel_type: { type: 'string', pattern: /^(builtin|microservice|reference)?$/ },
}

/** The body of the calls on a whole project. */
export function projectChannelTable(edition: Edition): FieldTable {
  return {
    ...channelTable(edition, 'ROMA_CONNECT'),
    instance_ids: { type: 'array', mandatory: true, of: { type: 'string', min: 1, max: 64 } },
  }
}
