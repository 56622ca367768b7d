import { describe, expect, test } from 'vitest'
import { CREATE, startWillingUpstream, UPSERT } from '../../fixtures/ask.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { workOf } from '../../support/work-of.ts'
import { ask, GRAPHQL_TYPE } from './requests.ts'

const least = '"instanceId": "i", "name": "abc", "port": 22'
const create = (input: string, more = ''): string =>
  `{"query": ${JSON.stringify(CREATE)}, "variables": {"input": {${input}}${more}}}`
const upsert = (ids: string): string =>
  `{"query": ${JSON.stringify(UPSERT)}, "variables": {"input": {"instanceIds": ${ids}, "name": "abc", "port": 22}}}`
const show = (id: string): string =>
  `{"query": "query Q($id: ID!) { vpcChannel(instanceId: $id, id: $id) { id } }", "variables": {"id": ${id}}}`
const entities = (references: string): string =>
  `{"query": "query Q($r: [_Any!]!) { _entities(representations: $r) { __typename } }", "variables": {"r": ${references}}}`
const list = (count: number, item: string): string =>
  `[${Array.from({ length: count }, () => item).join(',')}]`
const nested = (depth: number, open: string, close: string, core = ''): string =>
  open.repeat(depth) + core + close.repeat(depth)

const HOSTILE: readonly (readonly [name: string, body: string])[] = [
  ['nothing but __proto__', '{"__proto__": {"query": "{ __typename }"}}'],
  [
    'variables of nothing but __proto__',
    `{"query": ${JSON.stringify(CREATE)}, "variables": {"__proto__": {"input": {${least}}}}}`,
  ],
  ['__proto__ in an input', create(`${least}, "__proto__": {"projectId": "p"}`)],
  ['constructor in an input', create(`${least}, "constructor": {"prototype": {"projectId": "p"}}`)],
  ['__proto__ in a list of inputs', create(`${least}, "members": [{"__proto__": {"host": "h"}}]`)],
  ['a number beyond all numbers', create('"instanceId": "i", "name": "abc", "port": 1e400')],
  ['a number of 26 digits', create('"instanceId": "i", "name": "abc", "port": 99999999999999999999999999')],
  ['a number of 200,000 digits', create(`"instanceId": "i", "name": "abc", "port": ${'9'.repeat(200_000)}`)],
  [
    'a number of 200,000 decimals',
    create(`"instanceId": "i", "name": "abc", "port": 22.${'5'.repeat(200_000)}`),
  ],
  ['a number below all numbers', create('"instanceId": "i", "name": "abc", "port": -1e400')],
  ['an id that JSON rounds', create('"instanceId": 12345678901234567891, "name": "abc", "port": 22')],
  ['an id beyond all numbers', show('1e400')],
  ['an id of 20 digits', show('12345678901234567891')],
  ['ids that JSON rounds', upsert('[9007199254740993]')],
  ['lists 100,000 deep', create(`${least}, "members": ${nested(100_000, '[', ']')}`)],
  ['lists 100,000 deep for a text', create(`${least}, "dictCode": ${nested(100_000, '[', ']')}`)],
  ['objects 40,000 deep', create(`${least}, "healthCheck": ${nested(40_000, '{"a":', '}', '1')}`)],
  [
    'lists 100,000 deep that do not end',
    '{"query": "{ __typename }", "variables": {"a": '.concat('['.repeat(200_000)),
  ],
  ['nothing but lists', nested(130_000, '[', ']')],
  ['a list of 65,000 instance ids', upsert(list(65_000, '"a"'))],
  ['a list of 100,000 numbers', upsert(list(100_000, '1'))],
  ['a list of 100,000 members', create(`${least}, "members": ${list(100_000, '1')}`)],
  ['a list of 80,000 objects', create(`${least}, "members": ${list(80_000, '{}')}`)],
  ['a list of 100,000 references', entities(list(100_000, '1'))],
  ['a list of 100,000 where it is not looked at', create(least, `, "other": ${list(100_000, '1')}`)],
  [
    'a list of 100,000 in the extensions',
    `{"query": "{ __typename }", "extensions": {"a": ${list(100_000, '1')}}}`,
  ],
  [
    'an object of 20,000 keys',
    create(`${least}, ${Array.from({ length: 20_000 }, (_, index) => `"k${index}": 1`).join(',')}`),
  ],
  [
    'an object of 5,000 keys that hold all the rest',
    create(
      `${least}, ${Array.from({ length: 4_900 }, (_, index) => `"k${index}": ["${'x'.repeat(20)}", {"a": 1}]`).join(',')}`,
    ),
  ],
  [
    '5,000 members of 5 wrong keys',
    create(`${least}, "members": ${list(4_900, '{"a":1,"b":2,"c":3,"d":4,"e":5,"port":"x"}')}`),
  ],
  ['a key of 200,000 letters', create(`${least}, "${'k'.repeat(200_000)}": 1`)],
]

describe('is 400 at once, with nothing sent to the cloud', () => {
  test.each(HOSTILE)('%s', async (_name, body) => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url, production: true })
    const asked = () => ask(gateway.url, { body, headers: { accept: GRAPHQL_TYPE } })
    const { status, json, text } = await asked()
    expect([status, upstream.calls]).toEqual([400, []])
    expect(json.errors[0].extensions.code).toMatch(/^BAD_(REQUEST|USER_INPUT)$/)
    expect(json).not.toHaveProperty('data')
    expect(text.length).toBeLessThan(body.length + 100_000)
    expect({}).not.toHaveProperty('projectId')

    const most = 50_000 + 20 * body.length
    // Once, the gateway may still compile what it keeps.
    const work = await workOf(asked)
    expect(work < most ? work : await workOf(asked)).toBeLessThan(most)
  })
})

const PLAIN = { name: 'abc', port: 22, balance_strategy: 1, member_type: 'ecs', type: 2 }

/** Set as prototypes, or read as inherited, these would change what is written. */
describe('is not read, and changes nothing', () => {
  test.each([
    ['beside the query', create(least).replace(/}$/, ', "__proto__": {"query": "x", "variables": {}}}')],
    [
      'beside the query, as a constructor',
      create(least).replace(/}$/, ', "constructor": {"prototype": {}}}'),
    ],
    ['a variable __proto__', create(least, ', "__proto__": {"input": {}, "projectId": "p"}')],
    ['a variable constructor', create(least, ', "constructor": {"prototype": {"projectId": "p"}}')],
    ['an escaped variable __proto__', create(least, ', "\\u005f_proto__": {"projectId": "p"}')],
    [
      'extensions of __proto__',
      create(least).replace(/}$/, ', "extensions": {"__proto__": {"persistedQuery": 1}}}'),
    ],
  ])('%s', async (_name, body) => {
    await using upstream = await startWillingUpstream()
    await using gateway = await startGateway({ upstream: upstream.url, production: true })
    // As a new document, and as a known one.
    for (let time = 0; time < 2; time += 1) {
      const { status, json } = await ask(gateway.url, { body })
      expect([status, json.errors]).toEqual([200, undefined])
    }
    expect(upstream.calls.map((call) => call.json)).toEqual([PLAIN, PLAIN])
    expect({}).not.toHaveProperty('projectId')
    expect({}).not.toHaveProperty('query')
  })
})

test('a number that is an id is taken as long as it is exact', async () => {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url, production: true })
  await ask(gateway.url, { body: show('9007199254740991') })
  await ask(gateway.url, {
    body: '{"query": "{ vpcChannel(instanceId: 12345678901234567891, id: 1) { id } }"}',
  })
  expect(upstream.calls.map(({ path }) => path.split('/').at(-3))).toEqual([
    '9007199254740991',
    '12345678901234567891',
  ])
})

test('a list of 5,000 is told by its fault, not by its length', async () => {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url, production: true })
  const { json } = await ask(gateway.url, { body: upsert(list(5_000, '"a"')) })
  expect(json.errors[0].extensions).toMatchObject({ code: 'BAD_USER_INPUT', effect: 'NOT_APPLIED' })
  expect(upstream.calls).toEqual([])
})
