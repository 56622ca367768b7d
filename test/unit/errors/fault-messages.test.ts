import { describe, expect, test } from 'vitest'
import { faultMessage } from '../../../src/errors/fault-messages.ts'
import type { ValidationFault } from '../../../src/errors/validation-fault.ts'
import {
  createVpcChannelRules,
  upsertProjectVpcChannelsRules,
} from '../../../src/vpc-channel/rules/vendor-rules.ts'

type Rule = ValidationFault['rule']

/** Every rule, with parameters as its faults have them, and the words that a message must not leave out. */
const GATEWAY: Readonly<Record<string, readonly [params: object, ...words: string[]]>> = {
  REQUIRED: [{}],
  REQUIRED_ONE_OF: [
    { anyOf: [['appName'], ['labelKey', 'labelValue']] },
    'appName',
    'labelKey',
    'labelValue',
  ],
  EXACTLY_ONE: [{ of: ['cse', 'cce'] }, 'cse', 'cce'],
  UNKNOWN_FIELD: [{}],
  TYPE: [{ type: 'Port' }, 'Port'],
  ENUM: [{ values: ['IP', 'ECS'] }, 'IP', 'ECS'],
  ID: [{}, '64'],
  LENGTH: [{ min: 3, max: 64, actual: 2 }, '3', '64', '2'],
  CHARSET: [
    { characters: ['LETTERS', 'CHINESE', 'DIGITS', 'HYPHEN', 'UNDERSCORE', 'PERIOD'] },
    '-',
    '_',
    '.',
  ],
  STARTS_WITH: [{ characters: ['LETTERS', 'CHINESE'] }],
  ENDS_WITH: [{ characters: ['LETTERS', 'DIGITS'] }],
  RANGE: [{ min: 1, max: 65_535, actual: 0 }, '1', '65535'],
  LESS_THAN: [{ other: 'intervalSeconds', limit: 10, actual: 10 }, 'intervalSeconds', '10'],
  LIST_SIZE: [{ min: 1, max: 10, actual: 11 }, '1', '10', '11'],
  UNIQUE: [{ first: 0 }],
  REFERENCE: [{ among: 'memberGroups' }, 'memberGroups'],
  HTTP_CODES: [{}, '100', '599'],
}
const UPSTREAM = [
  ...['REQUIRED', 'TOO_SMALL', 'TOO_LARGE', 'OUT_OF_RANGE', 'TOO_SHORT', 'TOO_LONG', 'LENGTH', 'CHARSET'],
  ...['INVALID_VALUE', 'INVALID_IP', 'INVALID_PORT', 'INVALID_MICROSERVICE', 'INVALID_ENGINE'],
  ...[
    'MICROSERVICE_UNAVAILABLE',
    'MICROSERVICE_BOUND',
    'CHANNEL_NAME_TAKEN',
    'CHANNEL_QUOTA',
    'CHANNEL_TYPE',
  ],
  ...['LOAD_BALANCER_IN_USE', 'MEMBER_QUOTA', 'MEMBER_NOT_FOUND', 'ECS_NOT_FOUND', 'INSTANCE_NOT_FOUND'],
  ...['FEATURE_UNSUPPORTED', 'NAME_MODIFIABLE', 'FORBIDDEN'],
]
const HAN = /\p{Script=Han}/u
const LEFT_OVER = /[{}]|undefined|null|NaN|\[object|LETTERS|CHINESE|DIGITS|HYPHEN|UNDERSCORE|PERIOD/

const message = (
  rule: string,
  params: object,
  source: 'GATEWAY' | 'UPSTREAM',
  language: 'en' | 'zh',
): string =>
  faultMessage({ rule: rule as Rule, params: params as ValidationFault['params'], source }, language)

describe.each(Object.entries(GATEWAY))('%s, found by the gateway', (rule, [params, ...words]) => {
  test.each(['en', 'zh'] as const)('has a sentence in %s', (language) => {
    const shown = message(rule, params, 'GATEWAY', language)
    expect(shown).not.toMatch(LEFT_OVER)
    expect(HAN.test(shown)).toBe(language === 'zh')
    expect(shown).toMatch(/[.。]$/)
    // Fields have Chinese names there, which are tested below.
    const expected = language === 'zh' ? words.filter((word) => !/^[a-z]/.test(word)) : words
    for (const word of expected) expect(shown).toContain(word)
  })
})

describe.each(UPSTREAM)('%s, found by the cloud', (rule) => {
  test.each(['en', 'zh'] as const)('has a sentence in %s', (language) => {
    const shown = message(rule, { parameter: 'members' }, 'UPSTREAM', language)
    expect(shown).not.toMatch(LEFT_OVER)
    expect(HAN.test(shown)).toBe(language === 'zh')
    expect(shown).toMatch(/[.。]$/)
  })
})

describe("a message in Chinese names the fields by the words of the vendor's page", () => {
  test.each<[rule: string, params: object, message: string]>([
    [
      'REQUIRED_ONE_OF',
      { anyOf: [['appName'], ['labelKey', 'labelValue']] },
      '请至少提供其中之一：APP名称、标签名称 + 标签值。',
    ],
    ['EXACTLY_ONE', { of: ['cse', 'cce'] }, '请提供且仅提供其中之一：CSE微服务（cse）、CCE微服务（cce）。'],
    ['LESS_THAN', { other: 'intervalSeconds', limit: 10, actual: 10 }, '该值必须小于间隔时间（10）。'],
    ['REFERENCE', { among: 'memberGroups' }, '后端服务器组中不存在该名称。'],
    ['PLAN_OUTDATED', { action: 'WOULD_UPDATE' }, '该实例的计划现为：将修改。'],
    ['ENUM', { values: ['IP', 'ECS'] }, '该值必须为以下之一：IP、ECS。'],
  ])('%s', (rule, params, expected) => {
    expect(message(rule, params, 'GATEWAY', 'zh')).toBe(expected)
  })

  /** What the rules quote of the schema. */
  const quoted = [...createVpcChannelRules, ...upsertProjectVpcChannelsRules].flatMap((rule) => {
    if (rule.rule === 'REQUIRED_ONE_OF') return rule.anyOf.flat()
    if (rule.rule === 'LESS_THAN') return rule.other.split('.').slice(-1)
    return rule.rule === 'REFERENCE' ? rule.among.split('.').slice(0, 1) : []
  })

  test.each([...new Set(quoted)])('a rule quotes %s, which has a Chinese name', (field) => {
    expect(message('REFERENCE', { among: field }, 'GATEWAY', 'zh')).not.toContain(field)
  })
})

test('each rule of the cloud says something of its own', () => {
  for (const language of ['en', 'zh'] as const) {
    const shown = UPSTREAM.map((rule) => message(rule, {}, 'UPSTREAM', language))
    expect(new Set(shown).size).toBe(shown.length)
  }
})

test('each rule says something of its own', () => {
  for (const language of ['en', 'zh'] as const) {
    const shown = Object.entries(GATEWAY).map(([rule, [params]]) =>
      message(rule, params, 'GATEWAY', language),
    )
    expect(new Set(shown).size).toBe(shown.length)
  }
})
