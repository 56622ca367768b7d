import type { Characters } from '../../errors/validation-fault.ts'
import { isLimit, type Rule } from './rule.ts'

/** Instances that one mutation may name. */
const MAX_INSTANCES = 500

const WORD: readonly Characters[] = ['LETTERS', 'DIGITS', 'HYPHEN', 'UNDERSCORE']
const ALPHANUMERIC: readonly Characters[] = ['LETTERS', 'DIGITS']

/** The rules on which both pages agree. Tables are those of the APIG page. */
const SHARED: readonly Rule[] = [
  // Table 3
  { path: 'projectId', rule: 'REQUIRED' },
  { path: 'projectId', rule: 'ID' },
  { path: 'name', rule: 'LENGTH', min: 3, max: 64 },
  { path: 'port', rule: 'RANGE', min: 1, max: 65_535 },
  { path: 'dictCode', rule: 'LENGTH', min: 3, max: 64 },
  { path: 'microservice', rule: 'REQUIRED', when: { path: 'type', is: ['MICROSERVICE'] } },
  // Table 4
  { path: 'memberGroups.*.name', rule: 'REQUIRED' },
  // The cloud identifies groups by name and servers by group, address and port: it would lose one of two definitions.
  { path: 'memberGroups', rule: 'UNIQUE', by: 'NAME' },
  { path: 'members', rule: 'UNIQUE', by: 'SERVER' },
  { path: 'memberGroups.*.weight', rule: 'RANGE', min: 0, max: 100 },
  { path: 'memberGroups.*.dictCode', rule: 'LENGTH', min: 3, max: 64 },
  { path: 'memberGroups.*.microserviceVersion', rule: 'LENGTH', min: 0, max: 64 },
  { path: 'memberGroups.*.microservicePort', rule: 'RANGE', min: 0, max: 65_535 },
  // Table 5
  ...(['name', 'value'] as const).flatMap((field): Rule[] => {
    const path = `memberGroups.*.microserviceLabels.*.${field}`
    return [
      { path, rule: 'LENGTH', min: 1, max: 63 },
      { path, rule: 'CHARSET', characters: [...WORD, 'PERIOD'] },
      { path, rule: 'STARTS_WITH', characters: ALPHANUMERIC },
      { path, rule: 'ENDS_WITH', characters: ALPHANUMERIC },
    ]
  }),
  // Table 6
  { path: 'members.*.host', rule: 'REQUIRED', when: { path: 'memberType', is: ['IP'] } },
  { path: 'members.*.host', rule: 'LENGTH', min: 0, max: 64 },
  { path: 'members.*.weight', rule: 'RANGE', min: 0, max: 10_000 },
  { path: 'members', rule: 'REFERENCE', field: 'memberGroupName', among: 'memberGroups.*.name' },
  { path: 'members.*.port', rule: 'RANGE', min: 0, max: 65_535 },
  { path: 'members.*.ecsId', rule: 'REQUIRED', when: { path: 'memberType', is: ['ECS'] } },
  // Both pages say 64 in words and 255 in the schema; real ids have 36.
  { path: 'members.*.ecsId', rule: 'LENGTH', min: 1, max: 64 },
  { path: 'members.*.ecsId', rule: 'CHARSET', characters: WORD },
  { path: 'members.*.ecsName', rule: 'REQUIRED', when: { path: 'memberType', is: ['ECS'] } },
  { path: 'members.*.ecsName', rule: 'LENGTH', min: 1, max: 64 },
  // Table 7
  { path: 'healthCheck.port', rule: 'RANGE', min: 0, max: 65_535 },
  { path: 'healthCheck.intervalSeconds', rule: 'RANGE', min: 5, max: 300 },
  { path: 'healthCheck.httpCodes', rule: 'REQUIRED', when: { path: 'healthCheck.protocol', is: ['HTTP'] } },
  { path: 'healthCheck.httpCodes', rule: 'HTTP_CODES' },
  { path: 'healthCheck.timeoutSeconds', rule: 'RANGE', min: 2, max: 30 },
  { path: 'healthCheck.timeoutSeconds', rule: 'LESS_THAN', other: 'healthCheck.intervalSeconds' },
  // Tables 9 and 10; the ROMA Connect page's Table 14 for the label
  { path: 'microservice.cse.engineId', rule: 'LENGTH', min: 1, max: 64 },
  { path: 'microservice.cse.serviceId', rule: 'LENGTH', min: 1, max: 64 },
  { path: 'microservice.cce.clusterId', rule: 'LENGTH', min: 1, max: 64 },
  { path: 'microservice.cce.namespace', rule: 'LENGTH', min: 1, max: 64 },
  { path: 'microservice.cce.appName', rule: 'LENGTH', min: 0, max: 64 },
  { path: 'microservice.cce.labelKey', rule: 'LENGTH', min: 0, max: 64 },
  { path: 'microservice.cce.labelValue', rule: 'LENGTH', min: 0, max: 64 },
  { path: 'microservice.cce', rule: 'REQUIRED_ONE_OF', anyOf: [['appName'], ['labelKey', 'labelValue']] },
]

/** Only the APIG page: Chinese in names, periods in dictionary codes, thresholds from 2, a path for HTTPS too. */
const APIG: readonly Rule[] = [
  { path: 'instanceId', rule: 'ID' },
  { path: 'name', rule: 'CHARSET', characters: ['CHINESE', ...WORD] },
  { path: 'name', rule: 'STARTS_WITH', characters: ['LETTERS', 'CHINESE'] },
  { path: 'dictCode', rule: 'CHARSET', characters: [...WORD, 'PERIOD'] },
  { path: 'memberGroups.*.dictCode', rule: 'CHARSET', characters: [...WORD, 'PERIOD'] },
  { path: 'members.*.ecsName', rule: 'CHARSET', characters: ['CHINESE', ...WORD, 'PERIOD'] },
  {
    path: 'healthCheck.path',
    rule: 'REQUIRED',
    when: { path: 'healthCheck.protocol', is: ['HTTP', 'HTTPS'] },
  },
  { path: 'healthCheck.healthyThreshold', rule: 'RANGE', min: 2, max: 10 },
  { path: 'healthCheck.unhealthyThreshold', rule: 'RANGE', min: 2, max: 10 },
]

/** Only the ROMA Connect page. The gateway sends several calls for more instances than one call accepts. */
const ROMA_CONNECT: readonly Rule[] = [
  { path: 'instanceIds', rule: 'LIST_SIZE', min: 1, max: MAX_INSTANCES },
  { path: 'instanceIds', rule: 'UNIQUE' },
  { path: 'instanceIds.*', rule: 'ID' },
  { path: 'name', rule: 'CHARSET', characters: WORD },
  { path: 'name', rule: 'STARTS_WITH', characters: ['LETTERS'] },
  { path: 'dictCode', rule: 'CHARSET', characters: WORD },
  { path: 'memberGroups.*.dictCode', rule: 'CHARSET', characters: WORD },
  { path: 'members.*.ecsName', rule: 'CHARSET', characters: [...WORD, 'PERIOD'] },
  { path: 'healthCheck.path', rule: 'REQUIRED', when: { path: 'healthCheck.protocol', is: ['HTTP'] } },
  { path: 'healthCheck.healthyThreshold', rule: 'RANGE', min: 1, max: 10 },
  { path: 'healthCheck.unhealthyThreshold', rule: 'RANGE', min: 1, max: 10 },
]

/** The rules of `createVpcChannel` and of `upsertProjectVpcChannels`. */
export const createVpcChannelRules: readonly Rule[] = [...SHARED, ...APIG]
export const upsertProjectVpcChannelsRules: readonly Rule[] = [...SHARED, ...ROMA_CONNECT]

export interface RuleSettings {
  /** `types` leaves the documented sizes, ranges and forms of values to the cloud. */
  readonly validation: 'documented' | 'types'
}

/** Those of the rules that the settings leave to the gateway. */
export const rulesInUse = (rules: readonly Rule[], { validation }: RuleSettings): readonly Rule[] =>
  validation === 'documented' ? rules : rules.filter((rule) => !isLimit(rule))
