import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { examples } from '../../../src/server/graphiql/examples.ts'
import { startWillingUpstream } from '../../fixtures/ask.ts'
import { type GatewayOptions, startGateway } from '../../support/start-gateway.ts'
import { workOf } from '../../support/work-of.ts'
import { ask, bodyOf, GRAPHQL_TYPE } from './requests.ts'

async function answered(query: string, options: GatewayOptions = {}) {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url, production: true, ...options })
  const answer = await ask(gateway.url, { body: bodyOf(query), headers: { accept: GRAPHQL_TYPE } })
  return { ...answer, calls: upstream.calls.length }
}

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ')

const CHANNEL = 'vpcChannel(instanceId: "i", id: "c")'
const CREATE = 'createVpcChannel(input: {instanceId: "i", name: "abc", port: 22}) { vpcChannel { id } }'
/** Levels of fields of a depth that the schema does not have: the limit is looked at before the schema is. */
const deep = (levels: number): string => `{ ${'a { '.repeat(levels - 1)}a${' }'.repeat(levels)}`

type Case = readonly [name: string, document: string, message: string]

const TOO_LARGE: readonly Case[] = [
  ['13 levels of fields', deep(13), 'The operation has more levels of fields than 12.'],
  [
    '13 levels through fragments',
    `{ ...A } fragment A on Query ${deep(6).replace('a }', 'a { ... { ...B } } }')} fragment B on Query ${deep(7)}`,
    'The operation has more levels of fields than 12.',
  ],
  [
    '21 aliases',
    `{ ${CHANNEL} { ${times(21, (index) => `a${index}: id`)} } }`,
    'The operation has more aliases and repeated fields than 20.',
  ],
  [
    '21 aliases of __typename',
    `{ ${CHANNEL} { ${times(21, (index) => `a${index}: __typename`)} } }`,
    'The operation has more aliases and repeated fields than 20.',
  ],
  [
    'a field written 22 times',
    `{ ${CHANNEL} { ${times(22, () => 'id')} } }`,
    'The operation has more aliases and repeated fields than 20.',
  ],
  [
    'a field written 22 times in fragments of no name',
    `{ ${CHANNEL} { ${times(22, () => '... { id }')} } }`,
    'The operation has more aliases and repeated fields than 20.',
  ],
  [
    'a fragment of 7 aliases spread thrice',
    `{ a: ${CHANNEL} { ...F } b: ${CHANNEL} { ...F } c: ${CHANNEL} { ...F } } fragment F on VpcChannel { ${times(7, (index) => `a${index}: id`)} }`,
    'The operation has more aliases and repeated fields than 20.',
  ],
  [
    '21 root fields',
    `{ ${times(21, (index) => `f${index}`)} }`,
    'The operation has more fields at its root than 20.',
  ],
  [
    '21 root fields through a fragment',
    `{ ...F ...F ...F } fragment F on Query { ${times(7, (index) => `f${index}`)} }`,
    'The operation has more fields at its root than 20.',
  ],
  [
    '21 directives',
    `query ${times(21, () => '@a')} { __typename }`,
    'The document has more directives than 20.',
  ],
  [
    '21 directives at as many places',
    `{ ${CHANNEL} { ${times(21, (index) => `f${index} @include(if: true)`)} } }`,
    'The document has more directives than 20.',
  ],
  [
    '5 directives at one place',
    '{ __typename @a @b @c @d @e }',
    'There are more directives than 4 at one place.',
  ],
  ['two writes', `mutation { ${CREATE} b: ${CREATE} }`, 'The operation has more writes than 1.'],
  ['a write twice', `mutation { ${CREATE} ${CREATE} }`, 'The operation has more writes than 1.'],
  [
    'two writes, one in a fragment',
    `mutation { ${CREATE} ...F } fragment F on Mutation { b: ${CREATE} }`,
    'The operation has more writes than 1.',
  ],
  [
    'two writes, one left out by a variable',
    `mutation M($a: Boolean = false) { ${CREATE} b: ${CREATE.replace('{ vpc', '@include(if: $a) { vpc')} }`,
    'The operation has more writes than 1.',
  ],
  [
    'more than 2,000 tokens',
    `{ ${CHANNEL} { ${times(2_000, (index) => `f${index}`)} } }`,
    'The document has more than 2000 tokens.',
  ],
  [
    'more than 2,000 tokens in a value',
    `{ f(a: [${times(2_000, String)}]) }`,
    'The document has more than 2000 tokens.',
  ],
  ['more than 2,000 lines', `${'\n'.repeat(2_000)}{ __typename }`, 'The document has more than 2000 lines.'],
  [
    'more than 2,000 lines of comments',
    `{ __typename }${'#\r\n'.repeat(2_000)}`,
    'The document has more than 2000 lines.',
  ],
  [
    'brackets 101 deep',
    `{ f(a: ${'['.repeat(101)}${']'.repeat(101)}) }`,
    'The document is nested more than 100 deep.',
  ],
]

describe('a document beyond a limit is refused, with the limit’s name and number', () => {
  test.each(TOO_LARGE)('%s', async (_name, document, message) => {
    const { status, json, calls } = await answered(document)
    expect(status).toBe(400)
    expect(json).not.toHaveProperty('data')
    expect(json.errors.map((error: { message: string }) => error.message)).toContain(message)
    for (const { extensions } of json.errors) {
      expect(extensions).toEqual({
        code: expect.stringMatching(/^GRAPHQL_(PARSE|VALIDATION)_FAILED$/),
        requestId: expect.any(String),
      })
    }
    expect(calls).toBe(0)
  })

  test('in development too', async () => {
    for (const [, document, message] of TOO_LARGE) {
      const { json } = await answered(document, { production: false })
      expect(json.errors.map((error: { message: string }) => error.message)).toContain(message)
    }
  })
})

describe('a document just within a limit is not refused for it', () => {
  test.each([
    ['12 levels of fields', deep(12)],
    ['20 aliases', `{ ${CHANNEL} { ${times(20, (index) => `a${index}: id`)} } }`],
    ['20 root fields', `{ ${times(20, (index) => `f${index}`)} }`],
    ['20 directives', `{ ${CHANNEL} { ${times(20, (index) => `f${index} @include(if: true)`)} } }`],
    ['a write and __typename', `mutation { __typename ${CREATE} }`],
    ['a write in a fragment', `mutation { ...F } fragment F on Mutation { ${CREATE} }`],
    ['two operations that write, of which one runs', `mutation cop { ${CREATE} } mutation B { ${CREATE} }`],
    ['2,000 tokens', `{ ${CHANNEL} { ${times(1_987, (index) => `f${index}`)} } }`],
    ['2,000 lines', `${'\n'.repeat(1_999)}{ __typename }`],
    ['brackets 99 deep', `{ f(a: ${'['.repeat(97)}${']'.repeat(97)}) }`],
  ])('%s', async (_name, document) => {
    const { text } = await answered(document)
    expect(text).not.toMatch(/The (operation|document) has more|more directives|nested more/)
  })

  test('the limits are settings', async () => {
    const documents = { tokens: 100_000, depth: 20, aliases: 50, directives: 50, rootFields: 50, writes: 2 }
    for (const [name, document, message] of TOO_LARGE) {
      if (/place|deep/.test(name)) continue
      expect((await answered(document, { documents })).text, name).not.toContain(message)
    }
    expect((await answered('{ a { b { c } } }', { documents: { depth: 2 } })).text).toContain(
      'levels of fields than 2.',
    )
  })

  test('whatever a frontend of ours sends', async () => {
    const directory = new URL('../../documents/', import.meta.url)
    const files = (await readdir(directory)).map((name) => readFile(new URL(name, directory), 'utf8'))
    for (const document of [...(await Promise.all(files)), ...examples.map(({ query }) => query)]) {
      const { text } = await answered(document)
      expect(text).not.toMatch(/VALIDATION_FAILED|PARSE_FAILED/)
    }
  })
})

describe('fragments that spread each other many times over cost no more than their length', () => {
  const laughs = (levels: number, each: number): string =>
    `{ ${CHANNEL} { ...F0 } } ${times(levels, (index) => `fragment F${index} on VpcChannel { ${index + 1 < levels ? times(each, () => `...F${index + 1}`) : 'id'} }`)}`

  test.each([
    ['a billion laughs', laughs(30, 10)],
    ['many more', laughs(100, 5)],
    ['in a row', laughs(200, 1)],
    ['around in a circle', laughs(100, 2).replace('{ id }', '{ ...F0 ...F1 }')],
    ['of themselves', `{ ...F } fragment F on Query { ...F ...F ...F }`],
  ])('%s', async (_name, document) => {
    let answer: Awaited<ReturnType<typeof answered>> | undefined
    const work = await workOf(async () => {
      answer = await answered(document)
    })
    expect(work).toBeLessThan(50_000 + 20 * document.length)
    const { json, calls } = answer!
    if (_name !== 'in a row') {
      expect(json.errors[0].extensions.code).toMatch(/^GRAPHQL_(PARSE|VALIDATION)_FAILED$/)
      expect(calls).toBe(0)
    }
  })
})

test.each([
  ['skipped', '{ upsertProjectVpcChannels(input: $input) @skip(if: true) { __typename } }'],
  ['not included', '{ upsertProjectVpcChannels(input: $input) @include(if: $a) { __typename } }'],
  [
    'in a fragment that is skipped',
    '{ ... @skip(if: $a) { upsertProjectVpcChannels(input: $input) { __typename } } }',
  ],
  [
    'in a named fragment that is skipped',
    '{ ...F @skip(if: $a) } fragment F on Subscription { upsertProjectVpcChannels(input: $input) { __typename } }',
  ],
  [
    'skipped in a named fragment',
    '{ ...F } fragment F on Subscription { upsertProjectVpcChannels(input: $input) @skip(if: $a) { __typename } }',
  ],
])('a subscription whose one field may be left out is refused: %s', async (_name, selection) => {
  const { json, calls } = await answered(
    `subscription S($input: UpsertProjectVpcChannelsInput!, $a: Boolean = false) ${selection}`,
  )
  expect(json.errors.map((error: { message: string }) => error.message)).toEqual([
    'The field of a subscription cannot be skipped or included.',
  ])
  expect(calls).toBe(0)
})

test('a document that is refused once is refused again, and one that differs is looked at anew', async () => {
  await using gateway = await startGateway({ production: true })
  const asked = async (query: string) => (await ask(gateway.url, { body: bodyOf(query) })).text
  const [refused, taken] = [`{ ${times(21, () => '__typename')} }`, `{ ${times(20, () => '__typename')} }`]
  for (let round = 0; round < 2; round++) {
    expect(await asked(refused)).toContain('more fields at its root than 20')
    expect(await asked(taken)).toBe('{"data":{"__typename":"Query"}}')
  }
})
