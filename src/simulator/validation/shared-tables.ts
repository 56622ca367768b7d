import type { Field, FieldTable } from './field-table.ts'

/** The rows that both pages have alike. */

const OPTIONAL_PORT: Field = { type: 'integer', min: 0, max: 65_535 }
const ONE_OR_TWO: Field = { type: 'integer', min: 1, max: 2 }

const LABEL: Field = {
  type: 'string',
  mandatory: true,
  min: 1,
  max: 63,
  pattern: /^[A-Za-z0-9]([A-Za-z0-9_.-]*[A-Za-z0-9])?$/,
}

export const MICROSERVICE_GROUP: FieldTable = {
  microservice_version: { type: 'string', max: 64 },
  microservice_port: OPTIONAL_PORT,
  microservice_labels: {
    type: 'array',
    of: { type: 'object', fields: { label_name: LABEL, label_value: LABEL } },
  },
}

export const MEMBER_GROUP: FieldTable = {
  member_group_name: { type: 'string', mandatory: true, min: 1 },
  member_group_remark: { type: 'string' },
  member_group_weight: { type: 'integer', min: 0, max: 100 },
}

export const MEMBER: FieldTable = {
  host: { type: 'string', max: 64 },
  weight: { type: 'integer', min: 0, max: 10_000 },
  is_backup: { type: 'boolean' },
  member_group_name: { type: 'string' },
  status: ONE_OR_TWO,
  port: OPTIONAL_PORT,
  ecs_id: { type: 'string', max: 255, pattern: /^[A-Za-z0-9_-]+$/ },
}

export const HEALTH_CONFIG: FieldTable = {
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

export const MICROSERVICE_INFO: FieldTable = {
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

export const CHANNEL: FieldTable = {
  port: { type: 'integer', mandatory: true, min: 1, max: 65_535 },
  balance_strategy: { type: 'integer', mandatory: true, min: 1, max: 4 },
  member_type: { type: 'string', mandatory: true, pattern: /^(ip|ecs)$/ },
  type: { type: 'integer', min: 2, max: 3 },
}
