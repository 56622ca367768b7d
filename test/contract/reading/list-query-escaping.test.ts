import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { channels, queryOf, type ReadingPair, startReading } from './channel-store.ts'
import { INSTANCE_PAGE, PROJECT_PAGE } from './documents.ts'

/** What RFC 3986 lets stand in a query: nothing else may arrive unescaped. */
const QUERY = /^[A-Za-z0-9\-._~%&=!'()*]*$/

const TEXTS = [
  '订单通道',
  'a&b=c',
  '100%',
  '%20',
  '%E8%AE%A2',
  'a+b',
  'a b',
  'a#b',
  'a?b',
  'a/../b',
  "it's (*) ~!",
  '"<>\\^`{|}',
  '🚀 emoji 👩‍👩‍👧',
  'limit=1&offset=9',
  'a;b',
  '\t\r\n',
  '\u0000',
  '\u2028',
  '\ufeff',
  'e\u0301',
  'é',
]

const FIELDS = [
  ['name', 'name'],
  ['memberHost', 'member_host'],
  ['memberGroupName', 'member_group_name'],
  ['id', 'id'],
  ['memberGroupId', 'member_group_id'],
] as const

let pair: ReadingPair
beforeAll(async () => {
  pair = await startReading({ instances: { 'apigw/apig-1': channels(1), 'apic/roma-1': [] } })
})
afterAll(() => pair[Symbol.asyncDispose]())

/** What arrives of a filter, read as RFC 3986 and as HTML forms read a query. */
async function arriving(filter: Readonly<Record<string, string>>) {
  const before = pair.calls.length
  await pair.send(INSTANCE_PAGE, { instanceId: 'apig-1', filter })
  await pair.send(PROJECT_PAGE, { filter })
  return pair.calls.slice(before).map((call) => {
    const raw = call.path.slice(call.path.indexOf('?') + 1)
    return { raw, query: queryOf(call), form: Object.fromEntries(new URLSearchParams(raw)) }
  })
}

describe.each(FIELDS)('a filter’s %s arrives as it was given', (field, parameter) => {
  test.each(TEXTS)('be it %j', async (text) => {
    const arrived = await arriving({ [field]: text })
    expect(arrived).toHaveLength(2)
    for (const { raw, query, form } of arrived) {
      expect(raw).toMatch(QUERY)
      expect(query).toEqual({ offset: '0', limit: '20', [parameter]: text })
      expect(form).toEqual(query)
    }
  })
})

test('any well-formed text in any field arrives as it was given', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(text, text, text, async (name, memberHost, memberGroupName) => {
      for (const { raw, query } of await arriving({ name, memberHost, memberGroupName })) {
        expect(raw).toMatch(QUERY)
        expect(query).toEqual({
          offset: '0',
          limit: '20',
          name,
          member_host: memberHost,
          member_group_name: memberGroupName,
        })
      }
    }),
    { numRuns: 50 },
  )
})

test('a long text arrives whole', async () => {
  for (const { query } of await arriving({ name: '名'.repeat(2_000) })) {
    expect(query['name']).toBe('名'.repeat(2_000))
  }
})

test('half a surrogate pair, which no URL can hold, is the caller’s fault', async () => {
  const before = pair.calls.length
  for (const [field] of FIELDS) {
    const { data, errors } = await pair.send(INSTANCE_PAGE, {
      instanceId: 'apig-1',
      filter: { [field]: 'half \ud83d' },
    })
    expect(data).toBeNull()
    expect(errors?.map((error) => error.extensions.code)).toEqual(['BAD_USER_INPUT'])
  }
  expect(pair.calls).toHaveLength(before)
})
