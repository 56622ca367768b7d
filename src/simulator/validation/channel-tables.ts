import type { Product } from '../cloud/seed.ts'
import type { Field, FieldTable } from './field-table.ts'

const OPTIONAL_PORT: Field = { type: 'integer', min: 0, max: 65_535 }
const ONE_OR_TWO: Field = { type: 'integer', min: 1, max: 2 }

const LABEL: Field = {
  type: 'string',
  mandatory: true,
  min: 1,
  max: 63,
  pattern: /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/,
}

const MICROSERVICE_GROUP: FieldTable = {
  microservice_version: { type: 'string', max: 64 },
  microservice_port: OPTIONAL_PORT,
  microservice_labels: {
    type: 'array',
    of: { type: 'object', fields: { label_name: LABEL, label_value: LABEL } },
  },
}

const MEMBER_GROUP: FieldTable = {
  member_group_name: { type: 'string', mandatory: true, min: 1 },
  member_group_remark: { type: 'string' },
  member_group_weight: { type: 'integer', min: 0, max: 100 },
}

const MEMBER: FieldTable = {
  host: { type: 'string', max: 64 },
  weight: { type: 'integer', min: 0, max: 10_000 },
  is_backup: { type: 'boolean' },
  member_group_name: { type: 'string' },
  status: ONE_OR_TWO,
  port: OPTIONAL_PORT,
  ecs_id: { type: 'string', max: 255, pattern: /^[A-Za-z0-9_-]+$/ },
}

const HEALTH_CONFIG: FieldTable = {
  // The tables spell it in capitals, the examples do not.
  protocol: { type: 'string', mandatory: true, pattern: /^(tcp|http|https)$/i },
  path: { type: 'string' },
  port: OPTIONAL_PORT,
  time_interval: { type: 'integer', mandatory: true, min: 5, max: 300 },
  http_code: { type: 'string', pattern: /^[1-5]\d\d(-[1-5]\d\d)?(,[1-5]\d\d(-[1-5]\d\d)?)*$/ },
  enable_client_ssl: { type: 'boolean' },
  status: ONE_OR_TWO,
  timeout: { type: 'integer', mandatory: true, min: 2, max: 30 },
}

const MICROSERVICE_ID: Field = { type: 'string', mandatory: true, min: 1, max: 64 }

const MICROSERVICE_INFO: FieldTable = {
  service_type: { type: 'string', mandatory: true, pattern: /^(CSE|CCE)$/ },
  cse_info: { type: 'object', fields: { engine_id: MICROSERVICE_ID, service_id: MICROSERVICE_ID } },
  cce_info: {
    type: 'object',
    fields: {
      cluster_id: MICROSERVICE_ID,
      namespace: MICROSERVICE_ID,
      workload_type: { type: 'string', mandatory: true, pattern: /^(deployment|statefulset|daemonset)$/ },
      app_name: { type: 'string', max: 64 },
      label_key: { type: 'string', max: 64 },
      label_value: { type: 'string', max: 64 },
    },
  },
}

const CHANNEL: FieldTable = {
  port: { type: 'integer', mandatory: true, min: 1, max: 65_535 },
  balance_strategy: { type: 'integer', mandatory: true, min: 1, max: 4 },
  member_type: { type: 'string', mandatory: true, pattern: /^(ip|ecs)$/ },
  type: { type: 'integer', min: 2, max: 3 },
}

/** The rows in which the two pages differ. */
interface Differences {
  readonly name: RegExp
  readonly dictCode: RegExp
  readonly ecsName: RegExp
  readonly method?: RegExp
  readonly minThreshold: number
}

function channelTable({ name, dictCode, ecsName, method, minThreshold }: Differences): FieldTable {
  const dict_code: Field = { type: 'string', min: 3, max: 64, pattern: dictCode }
  const threshold: Field = { type: 'integer', mandatory: true, min: minThreshold, max: 10 }
  return {
    name: { type: 'string', mandatory: true, min: 3, max: 64, pattern: name },
    ...CHANNEL,
    dict_code,
    member_groups: {
      type: 'array',
      of: { type: 'object', fields: { ...MEMBER_GROUP, dict_code, ...MICROSERVICE_GROUP } },
    },
    members: {
      type: 'array',
      of: {
        type: 'object',
        fields: { ...MEMBER, ecs_name: { type: 'string', min: 1, max: 64, pattern: ecsName } },
      },
    },
    vpc_health_config: {
      type: 'object',
      fields: {
        ...HEALTH_CONFIG,
        method: { type: 'string', ...(method && { pattern: method }) },
        threshold_normal: threshold,
        threshold_abnormal: threshold,
      },
    },
    microservice_info: { type: 'object', fields: MICROSERVICE_INFO },
  }
}

/**
 * Tables 3 to 10 of the APIG page, which lost its column of mandatory rows: they are those of the vendor's SDKs. Tables 3 to 6 of
 * the ROMA page, and what only its example or its answers have but the vendor's SDKs send: `type`, `microservice_info` and a
 * group's microservice fields.
 */
export const CHANNEL_TABLES: Readonly<Record<Product, FieldTable>> = {
  APIG: channelTable({
    name: /^[\p{Script=Han}A-Za-z][\p{Script=Han}A-Za-z0-9_-]*$/u,
    dictCode: /^[A-Za-z0-9_.-]+$/,
    ecsName: /^[\p{Script=Han}A-Za-z0-9_.-]+$/u,
    method: /^(GET|HEAD)$/,
    minThreshold: 2,
  }),
  ROMA_CONNECT: channelTable({
    name: /^[A-Za-z][A-Za-z0-9_-]*$/,
    dictCode: /^[A-Za-z0-9_-]+$/,
    ecsName: /^[A-Za-z0-9_.-]+$/,
    minThreshold: 1,
  }),
}

export const PROJECT_CHANNEL_TABLE: FieldTable = {
  ...CHANNEL_TABLES.ROMA_CONNECT,
  instance_ids: { type: 'array', mandatory: true, of: { type: 'string', min: 1, max: 64 } },
}
