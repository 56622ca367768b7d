import { describe, expect, test } from 'vitest'
import { askWith, expectRefused, expectSent, validationOf } from '../../fixtures/ask.ts'
import { CCE } from '../../fixtures/channel-inputs.ts'
import { type Limit, limitCases, range } from '../../fixtures/limit-cases.ts'

const a = (length: number): string => 'a'.repeat(length)
const atMost64: Pick<Limit, 'inside' | 'outside'> = {
  inside: ['a', a(64), '字'.repeat(64), '😀'.repeat(64)],
  outside: [
    [a(65), 'LENGTH'],
    ['😀'.repeat(65), 'LENGTH'],
  ],
}
const id: Pick<Limit, 'inside' | 'outside'> = {
  inside: ['a', 'A-z_9', '-', a(64)],
  outside: [
    [a(65), 'ID'],
    ['..', 'ID'],
    ['a/b', 'ID'],
    ['a%2Fb', 'ID'],
    ['a b', 'ID'],
    ['a?b', 'ID'],
    ['a#b', 'ID'],
    ['a;b', 'ID'],
    ['a.b', 'ID'],
    ['a\\b', 'ID'],
    ['a\n', 'ID'],
    ['\u0000a', 'ID'],
    ['实例', 'ID'],
    ['аbc', 'ID'], // a Cyrillic letter
    ['ａbc', 'ID'], // a full-width letter
  ],
}
const cce = { microservice: { cce: CCE } }

const LIMITS: readonly Limit[] = [
  // APIG page, Tables 1 and 3; ROMA Connect page, Tables 1 and 3
  { at: 'projectId', ...id },
  { at: 'instanceId', only: 'APIG', ...id },
  { at: 'instanceIds.0', only: 'ROMA_CONNECT', ...id },
  {
    at: 'name',
    inside: ['abc', 'Z-9', 'a__', 'a--', a(64)],
    outside: [
      ['', 'LENGTH'],
      ['ab', 'LENGTH'],
      [a(65), 'LENGTH'],
      ['1ab', 'STARTS_WITH'],
      ['_ab', 'STARTS_WITH'],
      ['-ab', 'STARTS_WITH'],
      ['a.b', 'CHARSET'],
      ['a b', 'CHARSET'],
      ['ab ', 'CHARSET'],
      ['ab\n', 'CHARSET'],
      ['ab\u0000', 'CHARSET'],
      ['abé', 'CHARSET'],
      ['ab😀', 'CHARSET'],
      ['ab\ud800', 'CHARSET'],
      ['abかな', 'CHARSET'],
      ['ab,', 'CHARSET'],
      ['ａbc', 'CHARSET', 'STARTS_WITH'], // a full-width letter
      ['аbc', 'CHARSET', 'STARTS_WITH'], // a Cyrillic letter
      [' ab', 'CHARSET', 'STARTS_WITH'],
      ['.', 'CHARSET', 'LENGTH', 'STARTS_WITH'],
      ['1', 'LENGTH', 'STARTS_WITH'],
    ],
  },
  {
    at: 'name',
    only: 'APIG',
    inside: ['中文名', '通道1', 'a中_-', '字'.repeat(64), '𠀀'.repeat(64)],
    outside: [
      ['中文', 'LENGTH'],
      ['𠀀𠀀', 'LENGTH'],
      ['字'.repeat(65), 'LENGTH'],
      ['𠀀'.repeat(65), 'LENGTH'],
      ['1中文', 'STARTS_WITH'],
      ['中,文', 'CHARSET'],
    ],
  },
  {
    at: 'name',
    only: 'ROMA_CONNECT',
    inside: [],
    outside: [
      ['中文名', 'CHARSET', 'STARTS_WITH'],
      ['a中b', 'CHARSET'],
    ],
  },
  { at: 'port', ...range(1, 65_535) },
  {
    at: 'dictCode',
    inside: ['abc', 'A-9', '___', '-_-', a(64)],
    outside: [
      ['', 'LENGTH'],
      ['ab', 'LENGTH'],
      [a(65), 'LENGTH'],
      ['a b', 'CHARSET'],
      ['a/b', 'CHARSET'],
      ['字典码', 'CHARSET'],
    ],
  },
  { at: 'dictCode', only: 'APIG', inside: ['a.b', '...'], outside: [] },
  { at: 'dictCode', only: 'ROMA_CONNECT', inside: [], outside: [['a.b', 'CHARSET']] },
  // Table 4 of both pages
  { at: 'memberGroups.0.weight', ...range(0, 100) },
  {
    at: 'memberGroups.0.dictCode',
    inside: ['abc', 'A-9', a(64)],
    outside: [
      ['ab', 'LENGTH'],
      [a(65), 'LENGTH'],
      ['a b', 'CHARSET'],
    ],
  },
  { at: 'memberGroups.0.dictCode', only: 'APIG', inside: ['a.b'], outside: [] },
  { at: 'memberGroups.0.dictCode', only: 'ROMA_CONNECT', inside: [], outside: [['a.b', 'CHARSET']] },
  { at: 'memberGroups.0.microserviceVersion', ...atMost64 },
  { at: 'memberGroups.0.microservicePort', ...range(0, 65_535) },
  // APIG page, Table 5
  ...['name', 'value'].map(
    (field): Limit => ({
      at: `memberGroups.0.microserviceLabels.0.${field}`,
      inside: ['a', '9', 'A-b_c.d', 'a..b', a(63)],
      outside: [
        ['', 'LENGTH'],
        [a(64), 'LENGTH'],
        ['-a', 'STARTS_WITH'],
        ['_a', 'STARTS_WITH'],
        ['.a', 'STARTS_WITH'],
        ['a-', 'ENDS_WITH'],
        ['a_', 'ENDS_WITH'],
        ['a.', 'ENDS_WITH'],
        ['-', 'ENDS_WITH', 'STARTS_WITH'],
        ['a b', 'CHARSET'],
        ['a/b', 'CHARSET'],
        ['a中b', 'CHARSET'],
        ['a\n', 'CHARSET', 'ENDS_WITH'],
      ],
    }),
  ),
  // APIG page, Table 6; ROMA Connect page, Table 5
  { at: 'members.0.host', ...atMost64 },
  { at: 'members.0.weight', ...range(0, 10_000) },
  { at: 'members.0.port', ...range(0, 65_535) },
  {
    // The pages say 64 in words and 255 in the schema: what lies between is left open here.
    at: 'members.0.ecsId',
    inside: ['a', 'A-z_9', a(64)],
    outside: [
      [a(256), 'LENGTH'],
      ['a.b', 'CHARSET'],
      ['a b', 'CHARSET'],
      ['a中', 'CHARSET'],
    ],
  },
  {
    at: 'members.0.ecsName',
    inside: ['a', 'A-z_9.b', '.', a(64)],
    outside: [
      [a(65), 'LENGTH'],
      ['a b', 'CHARSET'],
      ['a/b', 'CHARSET'],
      ['a😀', 'CHARSET'],
    ],
  },
  {
    at: 'members.0.ecsName',
    only: 'APIG',
    inside: ['服务器', '𠀀'.repeat(64)],
    outside: [['𠀀'.repeat(65), 'LENGTH']],
  },
  { at: 'members.0.ecsName', only: 'ROMA_CONNECT', inside: [], outside: [['服务器', 'CHARSET']] },
  // APIG page, Table 7; ROMA Connect page, Table 6
  { at: 'healthCheck.port', ...range(0, 65_535) },
  { at: 'healthCheck.healthyThreshold', only: 'APIG', ...range(2, 10) },
  { at: 'healthCheck.unhealthyThreshold', only: 'APIG', ...range(2, 10) },
  { at: 'healthCheck.healthyThreshold', only: 'ROMA_CONNECT', ...range(1, 10) },
  { at: 'healthCheck.unhealthyThreshold', only: 'ROMA_CONNECT', ...range(1, 10) },
  { at: 'healthCheck.intervalSeconds', given: { 'healthCheck.timeoutSeconds': 2 }, ...range(5, 300) },
  { at: 'healthCheck.timeoutSeconds', given: { 'healthCheck.intervalSeconds': 300 }, ...range(2, 30) },
  {
    at: 'healthCheck.timeoutSeconds',
    given: { 'healthCheck.intervalSeconds': 10 },
    inside: [9],
    outside: [
      [10, 'LESS_THAN'],
      [11, 'LESS_THAN'],
    ],
  },
  {
    at: 'healthCheck.httpCodes',
    inside: ['200', '100', '599', '200,201,202', '200-299', '201,202,210-299', '210-299,404', '100-599'],
    outside: [
      ['99', 'HTTP_CODES'],
      ['099', 'HTTP_CODES'],
      ['600', 'HTTP_CODES'],
      ['1000', 'HTTP_CODES'],
      ['0200', 'HTTP_CODES'],
      ['200-600', 'HTTP_CODES'],
      ['99-200', 'HTTP_CODES'],
      ['299-200', 'HTTP_CODES'],
      ['200-', 'HTTP_CODES'],
      ['-200', 'HTTP_CODES'],
      ['200--299', 'HTTP_CODES'],
      ['200-250-299', 'HTTP_CODES'],
      [',', 'HTTP_CODES'],
      [',200', 'HTTP_CODES'],
      ['200,', 'HTTP_CODES'],
      ['200,,201', 'HTTP_CODES'],
      [' 200', 'HTTP_CODES'],
      ['200 ', 'HTTP_CODES'],
      ['200, 201', 'HTTP_CODES'],
      ['200 - 299', 'HTTP_CODES'],
      ['200\n', 'HTTP_CODES'],
      ['200;201', 'HTTP_CODES'],
      ['200，201', 'HTTP_CODES'], // a full-width comma
      ['200–299', 'HTTP_CODES'], // a dash
      ['２００', 'HTTP_CODES'], // full-width digits
      ['2xx', 'HTTP_CODES'],
      ['2e2', 'HTTP_CODES'],
      ['+200', 'HTTP_CODES'],
      ['200.0', 'HTTP_CODES'],
      ['0x0', 'HTTP_CODES'],
    ],
  },
  // APIG page, Tables 9 and 10; ROMA Connect page, Table 14 for the label
  { at: 'microservice.cse.engineId', ...atMost64 },
  { at: 'microservice.cse.serviceId', ...atMost64 },
  ...['clusterId', 'namespace', 'appName'].map(
    (field): Limit => ({ at: `microservice.cce.${field}`, given: cce, ...atMost64 }),
  ),
  { at: 'microservice.cce.labelKey', given: { ...cce, 'microservice.cce.labelValue': 'v' }, ...atMost64 },
  { at: 'microservice.cce.labelValue', given: { ...cce, 'microservice.cce.labelKey': 'k' }, ...atMost64 },
]

const cases = limitCases(LIMITS)

describe('a value that the page allows is sent', () => {
  test.each(cases.filter(({ rules }) => rules.length === 0))('$name', async ({ product, input }) => {
    expectSent(await askWith(product, input))
  })
})

describe('a value that the page does not allow is refused at its place, and nothing is sent', () => {
  test.each(cases.filter(({ rules }) => rules.length > 0))('$name', async ({ product, at, input, rules }) => {
    const asked = await askWith(product, input)
    expectRefused(
      asked,
      rules.map((rule) => `input.${at} ${rule}`),
    )
    const path = `input.${at}`
      .split('.')
      .map((segment) => (/^\d+$/.test(segment) ? Number(segment) : segment))
    for (const fault of validationOf(asked.answer)) expect(fault.path).toEqual(path)
  })
})

describe('with validation by types alone', () => {
  const LEFT_TO_THE_CLOUD = [
    'RANGE',
    'LENGTH',
    'CHARSET',
    'STARTS_WITH',
    'ENDS_WITH',
    'LESS_THAN',
    'HTTP_CODES',
  ]
  const isPort = (at: string): boolean => /port$/i.test(at)

  test.each(
    cases.filter(
      ({ at, rules, value }) =>
        rules.some((rule) => LEFT_TO_THE_CLOUD.includes(rule)) &&
        value !== '' &&
        !(isPort(at) && (value === -1 || value === 65_536)),
    ),
  )('sizes, ranges and forms are left to the cloud: $name', async ({ product, input }) => {
    expectSent(await askWith(product, input, { validation: 'types' }))
  })

  test.each(cases.filter(({ rules }) => rules.includes('ID')))(
    'ids are still checked: $name',
    async (row) => {
      const asked = await askWith(row.product, row.input, { validation: 'types' })
      expectRefused(asked, [`input.${row.at} ID`])
    },
  )

  test.each(cases.filter(({ at, value }) => isPort(at) && (value === -1 || value === 65_536)))(
    'what is no port at all is still refused: $name',
    async ({ product, at, input }) => {
      expectRefused(await askWith(product, input, { validation: 'types' }), [`input.${at} TYPE`])
    },
  )
})
