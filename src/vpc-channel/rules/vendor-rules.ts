import type { Characters } from '../../errors/validation-fault.ts'
import { isLimit, type Rule } from './rule.ts'
import { type Edition, inBoth, inCurrent, inPages, type Sourced } from './rule-source.ts'

export type VendorRule = Rule & Sourced

/** Instances that one mutation may name. */
const MAX_INSTANCES = 500

const WORD: readonly Characters[] = ['LETTERS', 'DIGITS', 'HYPHEN', 'UNDERSCORE']
const ALPHANUMERIC: readonly Characters[] = ['LETTERS', 'DIGITS']
const NAME: readonly Characters[] = ['CHINESE', ...WORD, 'PERIOD']
const NAME_START: readonly Characters[] = ['LETTERS', 'CHINESE']

/** The rules on which both pages agree. Tables are those of the APIG page. */
const SHARED: readonly VendorRule[] = [
  ...inBoth<Rule>('APIG_PAGE', [
    // Table 3
    { path: 'projectId', rule: 'REQUIRED' },
    { path: 'name', rule: 'LENGTH', min: 3, max: 64 },
    { path: 'port', rule: 'RANGE', min: 1, max: 65_535 },
    { path: 'dictCode', rule: 'LENGTH', min: 3, max: 64 },
    { path: 'microservice', rule: 'REQUIRED', when: { path: 'type', is: ['MICROSERVICE'] } },
    // Table 4
    { path: 'memberGroups.*.name', rule: 'REQUIRED' },
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
    { path: 'members.*.weight', rule: 'RANGE', min: 0, max: 10_000 },
    { path: 'members', rule: 'REFERENCE', field: 'memberGroupName', among: 'memberGroups.*.name' },
    { path: 'members.*.port', rule: 'RANGE', min: 0, max: 65_535 },
    { path: 'members.*.ecsId', rule: 'REQUIRED', when: { path: 'memberType', is: ['ECS'] } },
    { path: 'members.*.ecsId', rule: 'CHARSET', characters: WORD },
    { path: 'members.*.ecsName', rule: 'REQUIRED', when: { path: 'memberType', is: ['ECS'] } },
    { path: 'members.*.ecsName', rule: 'LENGTH', min: 1, max: 64 },
    // Table 7
    { path: 'healthCheck.port', rule: 'RANGE', min: 0, max: 65_535 },
    { path: 'healthCheck.httpCodes', rule: 'REQUIRED', when: { path: 'healthCheck.protocol', is: ['HTTP'] } },
    { path: 'healthCheck.httpCodes', rule: 'HTTP_CODES' },
    { path: 'healthCheck.timeoutSeconds', rule: 'LESS_THAN', other: 'healthCheck.intervalSeconds' },
    // Tables 9 and 10
    { path: 'microservice.cse.engineId', rule: 'LENGTH', min: 1, max: 64 },
    { path: 'microservice.cse.serviceId', rule: 'LENGTH', min: 1, max: 64 },
    { path: 'microservice.cce.clusterId', rule: 'LENGTH', min: 1, max: 64 },
    { path: 'microservice.cce.namespace', rule: 'LENGTH', min: 1, max: 64 },
  ]),
  // Table 14
  ...inBoth<Rule>('ROMA_PAGE', [
    { path: 'microservice.cce', rule: 'REQUIRED_ONE_OF', anyOf: [['appName'], ['labelKey', 'labelValue']] },
  ]),
  ...inBoth<Rule>('GATEWAY', [
    { path: 'projectId', rule: 'ID', note: 'the id is a part of the URL' },
    {
      path: 'memberGroups',
      rule: 'UNIQUE',
      by: 'NAME',
      note: 'the cloud identifies a group by its name, and loses one of two definitions',
    },
    {
      path: 'members',
      rule: 'UNIQUE',
      by: 'SERVER',
      note: 'the cloud identifies a server by group, address and port, and loses one of two definitions',
    },
  ]),
  ...inPages<Rule>('APIG_PAGE', [
    {
      path: 'members.*.ecsId',
      rule: 'LENGTH',
      min: 1,
      max: 64,
      note: 'both pages say 64 in words and 255 in the schema; ids have 36',
    },
    { path: 'healthCheck.intervalSeconds', rule: 'RANGE', min: 5, max: 300 },
    { path: 'healthCheck.timeoutSeconds', rule: 'RANGE', min: 2, max: 30 },
  ]),
  ...inCurrent<Rule>('APIG_DESCRIPTION', [
    { path: 'members.*.ecsId', rule: 'LENGTH', min: 1, max: 255 },
    { path: 'healthCheck.healthyThreshold', rule: 'RANGE', min: 1, max: 10 },
    { path: 'healthCheck.unhealthyThreshold', rule: 'RANGE', min: 1, max: 10 },
    { path: 'dictCode', rule: 'CHARSET', characters: [...WORD, 'PERIOD'] },
    { path: 'memberGroups.*.dictCode', rule: 'CHARSET', characters: [...WORD, 'PERIOD'] },
  ]),
]

const CCE_TEXTS = ['appName', 'labelKey', 'labelValue'] as const
const cceLengths = (min: number): Rule[] =>
  CCE_TEXTS.map((field) => ({ path: `microservice.cce.${field}`, rule: 'LENGTH', min, max: 64 }))

const APIG: readonly VendorRule[] = [
  ...inBoth<Rule>('GATEWAY', [{ path: 'instanceId', rule: 'ID', note: 'the id is a part of the URL' }]),
  ...inBoth<Rule>('APIG_PAGE', [
    { path: 'name', rule: 'STARTS_WITH', characters: NAME_START },
    { path: 'members.*.ecsName', rule: 'CHARSET', characters: NAME },
    {
      path: 'healthCheck.path',
      rule: 'REQUIRED',
      when: { path: 'healthCheck.protocol', is: ['HTTP', 'HTTPS'] },
    },
  ]),
  ...inPages<Rule>('APIG_PAGE', [
    { path: 'name', rule: 'CHARSET', characters: ['CHINESE', ...WORD] },
    { path: 'dictCode', rule: 'CHARSET', characters: [...WORD, 'PERIOD'] },
    { path: 'memberGroups.*.dictCode', rule: 'CHARSET', characters: [...WORD, 'PERIOD'] },
    { path: 'members.*.host', rule: 'LENGTH', min: 0, max: 64 },
    { path: 'healthCheck.healthyThreshold', rule: 'RANGE', min: 2, max: 10 },
    { path: 'healthCheck.unhealthyThreshold', rule: 'RANGE', min: 2, max: 10 },
    ...cceLengths(0),
  ]),
  ...inCurrent<Rule>('APIG_DESCRIPTION', [
    { path: 'name', rule: 'CHARSET', characters: NAME },
    { path: 'memberGroups.*.name', rule: 'LENGTH', min: 3, max: 64 },
    { path: 'memberGroups.*.name', rule: 'CHARSET', characters: NAME },
    { path: 'memberGroups.*.name', rule: 'STARTS_WITH', characters: NAME_START },
    { path: 'memberGroups.*.remark', rule: 'LENGTH', min: 0, max: 255 },
    { path: 'members.*.host', rule: 'LENGTH', min: 0, max: 255 },
    {
      path: 'healthCheck.intervalSeconds',
      rule: 'RANGE',
      min: 1,
      max: 300,
    },
    { path: 'healthCheck.timeoutSeconds', rule: 'RANGE', min: 1, max: 30 },
    ...cceLengths(1),
    { path: 'microservice.cce.appName', rule: 'CHARSET', characters: NAME },
    { path: 'microservice.cce.appName', rule: 'STARTS_WITH', characters: NAME_START },
    { path: 'microservice.cce.labelValue', rule: 'CHARSET', characters: NAME },
    { path: 'microservice.cce.labelValue', rule: 'STARTS_WITH', characters: NAME_START },
  ]),
]

/** The gateway sends several calls for more instances than one call accepts. */
const ROMA_CONNECT: readonly VendorRule[] = [
  ...inBoth<Rule>('GATEWAY', [
    { path: 'instanceIds', rule: 'LIST_SIZE', min: 1, max: MAX_INSTANCES, note: 'sent in several calls' },
    { path: 'instanceIds', rule: 'UNIQUE' },
    { path: 'instanceIds.*', rule: 'ID' },
  ]),
  ...inBoth<Rule>('ROMA_PAGE', [
    { path: 'members.*.host', rule: 'LENGTH', min: 0, max: 64 },
    {
      path: 'healthCheck.path',
      rule: 'REQUIRED',
      when: { path: 'healthCheck.protocol', is: ['HTTP'] },
      note: 'the description of 2025-09-02 says HTTP or HTTPS; the laxer of both',
    },
    ...cceLengths(0),
  ]),
  ...inPages<Rule>('ROMA_PAGE', [
    { path: 'name', rule: 'CHARSET', characters: WORD },
    { path: 'name', rule: 'STARTS_WITH', characters: ['LETTERS'] },
    { path: 'dictCode', rule: 'CHARSET', characters: WORD },
    { path: 'memberGroups.*.dictCode', rule: 'CHARSET', characters: WORD },
    { path: 'members.*.ecsName', rule: 'CHARSET', characters: [...WORD, 'PERIOD'] },
    { path: 'healthCheck.healthyThreshold', rule: 'RANGE', min: 1, max: 10 },
    { path: 'healthCheck.unhealthyThreshold', rule: 'RANGE', min: 1, max: 10 },
  ]),
  ...inCurrent<Rule>('ROMA_PAGE_2025', [
    {
      path: 'name',
      rule: 'CHARSET',
      characters: NAME,
      note: 'the description of 2025-09-02 has no period; the laxer of both',
    },
    { path: 'name', rule: 'STARTS_WITH', characters: NAME_START },
  ]),
  ...inCurrent<Rule>('ROMA_DESCRIPTION', [
    { path: 'healthCheck.intervalSeconds', rule: 'RANGE', min: 5, max: 300 },
    { path: 'healthCheck.timeoutSeconds', rule: 'RANGE', min: 2, max: 30 },
  ]),
]

/** The rules of `createVpcChannel` and of `upsertProjectVpcChannels`, in both editions. */
export const createVpcChannelRules: readonly VendorRule[] = [...SHARED, ...APIG]
export const upsertProjectVpcChannelsRules: readonly VendorRule[] = [...SHARED, ...ROMA_CONNECT]

export interface RuleSettings {
  /** An edition of the vendor's rules; `types` leaves sizes, ranges and formats of values to the cloud. */
  readonly validation: Edition | 'types'
}

/** Those of the rules that the settings leave to the gateway. */
export function rulesInUse(rules: readonly VendorRule[], { validation }: RuleSettings): readonly Rule[] {
  const edition = validation === 'types' ? 'current' : validation
  const ofEdition = rules.filter(({ editions }) => editions.includes(edition))
  return validation === 'types' ? ofEdition.filter((rule) => !isLimit(rule)) : ofEdition
}
