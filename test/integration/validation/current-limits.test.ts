import { describe, expect, test } from 'vitest'
import { askWith, expectRefused, expectSent } from '../../fixtures/ask.ts'
import { CCE, fullInput, withValues } from '../../fixtures/channel-inputs.ts'
import { type Limit, limitCases, range } from '../../fixtures/limit-cases.ts'

const a = (length: number): string => 'a'.repeat(length)
const cce = { microservice: { cce: CCE } }

/** In what the vendor's descriptions of 2025-09-02 and its page of 2025-12-18 differ from the pages of 2023. */
const LIMITS: readonly Limit[] = [
  {
    at: 'name',
    inside: ['a.b', '中文名', 'a中b', '字.1', a(64)],
    outside: [
      ['ab', 'LENGTH'],
      ['中文', 'LENGTH'],
      [a(65), 'LENGTH'],
      ['.ab', 'STARTS_WITH'],
      ['1ab', 'STARTS_WITH'],
      ['a b', 'CHARSET'],
    ],
  },
  { at: 'dictCode', inside: ['a.b', 'a_b', a(64)], outside: [['a/b', 'CHARSET']] },
  { at: 'memberGroups.0.dictCode', inside: ['a.b'], outside: [['a b', 'CHARSET']] },
  {
    at: 'memberGroups.0.name',
    only: 'APIG',
    given: { members: [] },
    inside: ['abc', '组一二', 'a.b-c_d', a(64)],
    outside: [
      ['ab', 'LENGTH'],
      [a(65), 'LENGTH'],
      ['1ab', 'STARTS_WITH'],
      ['a b', 'CHARSET'],
    ],
  },
  {
    at: 'memberGroups.0.name',
    only: 'ROMA_CONNECT',
    given: { members: [] },
    inside: ['ab', '1'],
    outside: [],
  },
  { at: 'memberGroups.0.remark', only: 'APIG', inside: [a(255)], outside: [[a(256), 'LENGTH']] },
  { at: 'memberGroups.0.remark', only: 'ROMA_CONNECT', inside: [a(256)], outside: [] },
  { at: 'members.0.host', only: 'APIG', inside: [a(255)], outside: [[a(256), 'LENGTH']] },
  { at: 'members.0.host', only: 'ROMA_CONNECT', inside: [a(64)], outside: [[a(65), 'LENGTH']] },
  { at: 'members.0.ecsId', inside: [a(255)], outside: [[a(256), 'LENGTH']] },
  { at: 'healthCheck.healthyThreshold', ...range(1, 10) },
  { at: 'healthCheck.unhealthyThreshold', ...range(1, 10) },
  {
    at: 'healthCheck.intervalSeconds',
    only: 'APIG',
    given: { 'healthCheck.timeoutSeconds': 1 },
    inside: [2, 300],
    outside: [[301, 'RANGE']],
  },
  {
    at: 'healthCheck.intervalSeconds',
    only: 'ROMA_CONNECT',
    given: { 'healthCheck.timeoutSeconds': 2 },
    ...range(5, 300),
  },
  {
    at: 'healthCheck.timeoutSeconds',
    only: 'APIG',
    given: { 'healthCheck.intervalSeconds': 300 },
    ...range(1, 30),
  },
  {
    at: 'healthCheck.timeoutSeconds',
    only: 'ROMA_CONNECT',
    given: { 'healthCheck.intervalSeconds': 300 },
    ...range(2, 30),
  },
  {
    at: 'microservice.cce.appName',
    only: 'APIG',
    given: cce,
    inside: ['a', '应用', 'a.b', a(64)],
    outside: [
      [a(65), 'LENGTH'],
      ['1a', 'STARTS_WITH'],
      ['a b', 'CHARSET'],
    ],
  },
  {
    at: 'microservice.cce.appName',
    only: 'ROMA_CONNECT',
    given: cce,
    inside: ['1a', 'a b'],
    outside: [[a(65), 'LENGTH']],
  },
]

const cases = limitCases(LIMITS)

describe('under the current edition', () => {
  test.each(cases.filter(({ rules }) => rules.length === 0))('$name is sent', async ({ product, input }) => {
    expectSent(await askWith(product, input, { validation: 'current' }))
  })

  test.each(cases.filter(({ rules }) => rules.length > 0))(
    '$name is refused at its place',
    async ({ product, at, input, rules }) => {
      expectRefused(
        await askWith(product, input, { validation: 'current' }),
        rules.map((rule) => `input.${at} ${rule}`),
      )
    },
  )

  test('an interval of a second leaves no shorter timeout', async () => {
    const input = withValues(fullInput('APIG'), {
      'healthCheck.intervalSeconds': 1,
      'healthCheck.timeoutSeconds': 1,
    })
    expectRefused(await askWith('APIG', input, { validation: 'current' }), [
      'input.healthCheck.timeoutSeconds LESS_THAN',
    ])
  })

  test('what the pages allow is allowed still', async () => {
    for (const product of ['APIG', 'ROMA_CONNECT'] as const) {
      expectSent(await askWith(product, fullInput(product), { validation: 'current' }))
    }
    expect(cases.length).toBeGreaterThan(80)
  })
})
