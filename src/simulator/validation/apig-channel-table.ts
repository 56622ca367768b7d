import type { Field, FieldTable } from './field-table.ts'
import {
  CHANNEL,
  HEALTH_CONFIG,
  MEMBER,
  MEMBER_GROUP,
  MICROSERVICE_GROUP,
  MICROSERVICE_INFO,
} from './shared-tables.ts'

const DICT_CODE: Field = { type: 'string', min: 3, max: 64, pattern: /^[A-Za-z0-9_.-]+$/ }
const THRESHOLD: Field = { type: 'integer', mandatory: true, min: 2, max: 10 }

/** Tables 3 to 10 of the APIG page. Which rows are mandatory, a column that page lost, is the vendor's SDKs'. */
export const APIG_CHANNEL: FieldTable = {
  name: {
    type: 'string',
    mandatory: true,
    min: 3,
    max: 64,
    pattern: /^[\p{Script=Han}A-Za-z][\p{Script=Han}A-Za-z0-9_-]*$/u,
  },
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
      fields: {
        ...MEMBER,
        ecs_name: { type: 'string', min: 1, max: 64, pattern: /^[\p{Script=Han}A-Za-z0-9_.-]+$/u },
      },
    },
  },
  vpc_health_config: {
    type: 'object',
    fields: {
      ...HEALTH_CONFIG,
      method: { type: 'string', pattern: /^(GET|HEAD)$/ },
      threshold_normal: THRESHOLD,
      threshold_abnormal: THRESHOLD,
    },
  },
  microservice_info: { type: 'object', fields: MICROSERVICE_INFO },
}
