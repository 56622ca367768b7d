import { describe, expect, test } from 'vitest'
import { ask, CREATE, validationOf } from '../../fixtures/ask.ts'
import { fullInput, leastInput, withValue } from '../../fixtures/channel-inputs.ts'

const HAN = /\p{Script=Han}/u
const broken = { ...leastInput('APIG'), name: '1', port: 70_000, memberType: 'X' }

const messagesFor = async (acceptLanguage: string | null): Promise<string[]> => {
  const { answer } = await ask(CREATE, { input: broken }, {}, { 'accept-language': acceptLanguage })
  return [answer.errors?.[0]?.message ?? '', ...validationOf(answer).map(({ message }) => message)]
}

describe('messages come in the language that Accept-Language asks for most', () => {
  test.each([
    'zh',
    'zh-CN',
    'zh-cn',
    'ZH-Hans-CN',
    'zh-TW',
    'zh-CN,zh;q=0.9,en;q=0.8',
    'en;q=0.5, zh;q=0.8',
    'en;q=0.8,zh;q=0.9',
    'fr, zh;q=0.1',
    'en;q=0, zh;q=0.001',
    'zh;q=1.0, en;q=1.0',
    'de-DE,de;q=0.9,zh;q=0.8,en;q=0.7',
  ])('Chinese: %s', async (acceptLanguage) => {
    for (const message of await messagesFor(acceptLanguage)) expect(message).toMatch(HAN)
  })

  test.each([
    null,
    '',
    '*',
    'en',
    'en-GB',
    'fr',
    'en, zh',
    'zh;q=0',
    'zh;q=0.8, en;q=0.9',
    'zh;q=0.9, *',
    'zh;q=often',
    'zhuang',
    ';;;,,,q=1',
    `${'fr,'.repeat(2_000)}en`,
  ])('English: %j', async (acceptLanguage) => {
    for (const message of await messagesFor(acceptLanguage)) expect(message).not.toMatch(HAN)
  })

  test('code, rules, paths and parameters do not depend on it', async () => {
    const withoutWords = async (language: string) => {
      const { answer } = await ask(CREATE, { input: broken }, {}, { 'accept-language': language })
      return validationOf(answer).map(({ message: _, ...fault }) => fault)
    }
    expect(await withoutWords('zh')).toEqual(await withoutWords('en'))
  })
})

describe('a message can be rendered from rule and parameters alone, so it holds all of them', () => {
  test.each([
    [
      'name',
      'ab',
      { rule: 'LENGTH', params: { min: 3, max: 64, actual: 2 }, source: 'GATEWAY' },
      ['3', '64', '2'],
    ],
    [
      'port',
      0,
      { rule: 'RANGE', params: { min: 1, max: 65_535, actual: 0 }, source: 'GATEWAY' },
      ['1', '65535'],
    ],
    ['healthCheck.timeoutSeconds', 10, { rule: 'LESS_THAN', params: { limit: 10, actual: 10 } }, ['10']],
    ['balanceStrategy', 'X', { rule: 'ENUM' }, ['WEIGHTED_ROUND_ROBIN', 'URI_HASH']],
    ['members.0.isBackup', 1, { rule: 'TYPE', params: { type: 'Boolean' } }, ['Boolean']],
    ['microservice', {}, { rule: 'EXACTLY_ONE' }, ['cse', 'cce']],
  ] as const)('%s %j', async (at, value, fault, words) => {
    for (const language of ['en', 'zh']) {
      const input = withValue(fullInput('APIG'), at, value)
      const { answer } = await ask(CREATE, { input }, {}, { 'accept-language': language })
      expect(validationOf(answer)).toMatchObject([fault])
      for (const word of words) expect(validationOf(answer)[0]?.message).toContain(word)
    }
  })

  test('the cloud is asked for its messages in the same language', async () => {
    for (const [language, expected] of [
      ['zh-CN', 'zh-cn'],
      ['en', 'en-us'],
    ] as const) {
      const { calls } = await ask(CREATE, { input: leastInput('APIG') }, {}, { 'accept-language': language })
      expect(calls[0]?.headers['x-language']).toBe(expected)
    }
  })
})
