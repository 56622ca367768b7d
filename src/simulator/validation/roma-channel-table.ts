import type { Field, FieldTable } from './field-table.ts'
import {
  CHANNEL,
  HEALTH_CONFIG,
  MEMBER,
  MEMBER_GROUP,
  MICROSERVICE_GROUP,
  MICROSERVICE_INFO,
} from './shared-tables.ts'

const DICT_CODE: Field = { type: 'string', min: 3, max: 64, pattern: /^[A-Za-z0-9_-]+$/ }
const THRESHOLD: Field = { type: 'integer', mandatory: true, min: 1, max: 10 }

/**
 * Tables 3 to 6 of the ROMA page, and what that page has only in its example or only in its answers
 * but the vendor's SDKs send: `type`, `microservice_info` and a group's microservice fields.
 */
export const ROMA_CHANNEL: FieldTable = {
  name: { type: 'string', mandatory: true, min: 3, max: 64, pattern: /^[A-Za-z][A-Za-z0-9_-]*$/ },
  ...CHANNEL,
  dict_code: DICT_CODE,
  member_groups: {
    type: 'array',
    of: { type: 'object', fields: { ...MEMBER_GROUP, dict_code: DICT_CODE, ...MICROSERVICE_GROUP } },
  },
  members: {
    type: 'array',
    of: {
      type: 'object',
      fields: { ...MEMBER, ecs_name: { type: 'string', min: 1, max: 64, pattern: /^[A-Za-z0-9_.-]+$/ } },
    },
  },
  vpc_health_config: {
    type: 'object',
    fields: {
      ...HEALTH_CONFIG,
      // No list of values here, unlike on the APIG page.
      method: { type: 'string' },
      threshold_normal: THRESHOLD,
      threshold_abnormal: THRESHOLD,
    },
  },
  microservice_info: { type: 'object', fields: MICROSERVICE_INFO },
}

export const ROMA_PROJECT_CHANNEL: FieldTable = {
  ...ROMA_CHANNEL,
  instance_ids: { type: 'array', mandatory: true, of: { type: 'string', min: 1, max: 64 } },
}
