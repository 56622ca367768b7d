import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { schema } from '../../../src/graphql/schema.ts'
import { trustedDocuments } from '../../../src/server/documents/trusted-documents.ts'
import { CREATE } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import type { GatewayOptions } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { withEach } from '../security/at-once.ts'
import { type Reply, startWatchedGateway, type WatchedGateway } from './watched-gateway.ts'

const SHOW = 'query Show($id: ID!) { vpcChannel(instanceId: "i", id: $id) { name } }'
const TWO = 'query One { one: __typename } query Two { two: __typename }'

async function start(options: GatewayOptions = {}) {
  const upstream = await startUpstream({ body: { id: 'c', name: 'orders' } })
  const gateway = await startWatchedGateway({ upstream: upstream.url, ...options })
  return {
    upstream,
    gateway,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

const HEADERS = { 'content-type': 'application/json', 'x-auth-token': 'token', 'x-request-id': 'mine' }

const post = (gateway: WatchedGateway, params: unknown, headers: Readonly<Record<string, string>> = {}) =>
  gateway.ask({ headers: { ...HEADERS, ...headers }, body: JSON.stringify(params) })

const shown = ({ status, headers: { date: _, ...headers }, text }: Reply) => ({ status, headers, text })

test.each([
  ['a document that does not fit the schema', { query: '{ unknown }' }, {}],
  ['a document that is none', { query: '{ __typename' }, {}],
  [
    'too many aliases',
    { query: `{ ${Array.from({ length: 22 }, (_, at) => `a${at}: __typename`).join(' ')} }` },
    {},
  ],
  ['introspection in production', { query: '{ __schema { types { name } } }' }, { production: true }],
  [
    'introspection beside others in production',
    { query: '{ __typename __type(name: "Query") { name } }' },
    { production: true },
  ],
  [
    'two writes',
    {
      query:
        'mutation { a: __typename createVpcChannel(input: {instanceId: "i", name: "abc", port: 1}) { __typename } b: createVpcChannel(input: {instanceId: "i", name: "abc", port: 1}) { __typename } }',
    },
    {},
  ],
  ['batches', [{ query: '{ __typename }' }, { query: '{ __typename }' }], {}],
] as const)('%s: refused each time it comes, and never executed', async (_name, params, options) => {
  await using both = await start(options)
  const first = await post(both.gateway, params)
  expect(JSON.parse(first.text)).toEqual({ errors: expect.any(Array) })
  for (let time = 0; time < 3; time += 1)
    expect(shown(await post(both.gateway, params))).toEqual(shown(first))
  expect(both.gateway.contexts.compiled).toBe(0)
  expect(both.upstream.calls).toEqual([])
})

test('where only trusted documents run, others do not, and those that do go the compiled way', async () => {
  const documentId = `sha256:${createHash('sha256').update(SHOW).digest('hex')}`
  const read = trustedDocuments(JSON.stringify({ [documentId]: SHOW }), schema, true)
  if (!read.ok) throw new Error(read.faults.join('\n'))
  await using both = await start({ trustedDocuments: read.documents })
  const { gateway } = both
  for (let time = 0; time < 3; time += 1) {
    const refused = await post(gateway, { query: '{ __typename }' })
    expect(JSON.parse(refused.text).errors[0].extensions.code).toBe('PERSISTED_QUERY_ONLY')
  }
  expect(gateway.contexts).toEqual({ compiled: 0, byGraphqlJs: 0 })
  const asked = { documentId, variables: { id: 'c' } }
  const first = await post(gateway, asked)
  expect(shown(await post(gateway, asked))).toEqual(shown(first))
  expect(gateway.contexts).toEqual({ compiled: 1, byGraphqlJs: 1 })
})

test('after a flood of other documents, longest and shortest, a known one answers as before', async () => {
  await using both = await start({ logLevel: 'silent' })
  const { gateway } = both
  const asked = { query: SHOW, variables: { id: 'c' } }
  await post(gateway, asked)
  const before = await post(gateway, asked)
  expect(gateway.contexts.compiled).toBe(1)
  const flood = Array.from({ length: 2_000 }, (_, index) => index)
  await withEach(flood, 32, async (index) => {
    const filling = index % 10 === 0 ? ' '.repeat(30_000) : ''
    const { text } = await post(gateway, { query: `{ a${index}: __typename${filling} }` })
    expect(text).toBe(`{"data":{"a${index}":"Query"}}`)
  })
  // Five hundred are kept, so this one is not: graphql-js executes it, and then it is known.
  const { compiled } = gateway.contexts
  expect(shown(await post(gateway, asked))).toEqual(shown(before))
  expect(gateway.contexts.compiled).toBe(compiled)
  expect(shown(await post(gateway, asked))).toEqual(shown(before))
  expect(gateway.contexts.compiled).toBe(compiled + 1)
})

test('a known document runs the operation that is named, and none where the name is of none', async () => {
  await using both = await start()
  const { gateway } = both
  for (let time = 0; time < 2; time += 1) {
    expect((await post(gateway, { query: TWO, operationName: 'One' })).text).toBe('{"data":{"one":"Query"}}')
    expect((await post(gateway, { query: TWO, operationName: 'Two' })).text).toBe('{"data":{"two":"Query"}}')
    for (const operationName of ['Three', '', undefined]) {
      const { text } = await post(gateway, { query: TWO, operationName })
      expect(JSON.parse(text).errors[0].extensions.code).toBe('OPERATION_RESOLUTION_FAILURE')
    }
  }
  expect(gateway.contexts.compiled).toBe(3)
})

test.each([
  ['event streams', 'text/event-stream', 'text/event-stream'],
  ['multipart', 'multipart/mixed', 'multipart/mixed; boundary="-"'],
])('a known document asked for as %s is answered so', async (_name, accept, type) => {
  await using both = await start()
  for (let time = 0; time < 3; time += 1) {
    const { headers, text } = await post(both.gateway, { query: '{ __typename }' }, { accept })
    expect(headers['content-type']).toBe(type)
    expect(text).toContain('{"data":{"__typename":"Query"}}')
  }
  expect(both.gateway.contexts.compiled).toBe(0)
})

test('a known query by GET is compiled too, and a known write is refused there', async () => {
  await using both = await start()
  const { gateway } = both
  const write = { query: CREATE, variables: { input: leastInput('APIG') } }
  for (const params of [{ query: SHOW, variables: { id: 'c' } }, write]) {
    await post(gateway, params)
    await post(gateway, params)
  }
  const { length } = both.upstream.calls
  const get = (query: string, variables: object) => {
    const search = new URLSearchParams({ query, variables: JSON.stringify(variables) })
    return gateway.ask({ method: 'GET', path: `/graphql?${search}`, headers: HEADERS })
  }
  expect((await get(SHOW, { id: 'c' })).status).toBe(200)
  expect(both.upstream.calls).toHaveLength(length + 1)
  expect((await get(write.query, write.variables)).status).toBe(405)
  expect(both.upstream.calls).toHaveLength(length + 1)
  expect(gateway.contexts.compiled).toBe(3)
})

test.each([
  ['a body over the limit', { query: `${SHOW}`, variables: { id: 'x'.repeat(2_000) } }, {}, 413],
  [
    'more items than a list may have',
    { query: SHOW, variables: { id: 'c', unused: Array(5_001).fill(0) } },
    {},
    413,
  ],
  ['a body that is no object', 'text', {}, 400],
  ['another media type', { query: SHOW, variables: { id: 'c' } }, { 'content-type': 'text/plain' }, 415],
  [
    'a type that there is no answer of',
    { query: SHOW, variables: { id: 'c' } },
    { accept: 'image/png' },
    406,
  ],
])('the door before it is the same for a known document: %s', async (_name, params, headers, status) => {
  await using both = await start({ bodyBytes: 2_000 })
  const { gateway, upstream } = both
  await post(gateway, { query: SHOW, variables: { id: 'c' } })
  await post(gateway, { query: SHOW, variables: { id: 'c' } })
  const { length } = upstream.calls
  const { text, ...answer } = await post(gateway, params, headers)
  expect([answer.status, text]).toEqual([status, expect.stringContaining('"code":"BAD_REQUEST"')])
  expect(upstream.calls).toHaveLength(length)
  expect(gateway.contexts.compiled).toBe(1)
})

test('who calls is looked at each time: nobody is served what somebody else was', async () => {
  const own = { kind: 'TOKEN', token: 'own' } as const
  await using both = await start({
    sandboxToken: own.token,
    knownTokens: ['token', 'other'],
    corsOrigins: ['https://console.example'],
  })
  const { gateway, upstream } = both
  const params = { query: SHOW, variables: { id: 'c' } }
  const headers = { origin: 'https://console.example' }
  const first = await post(gateway, params, headers)
  const second = await post(gateway, params, headers)
  expect(shown(second)).toEqual(shown(first))
  expect(second.text).toBe('{"data":{"vpcChannel":{"name":"orders"}}}')
  expect(second.headers).toMatchObject({
    'x-gateway-mode': 'sandbox',
    'x-request-id': 'mine',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': 'https://console.example',
  })
  await post(gateway, params, { 'x-auth-token': 'other' })
  const refused = await post(gateway, params, { 'x-auth-token': 'not a token' })
  expect(JSON.parse(refused.text).errors[0].extensions.code).toBe('UNAUTHENTICATED')
  expect(upstream.calls.map(({ headers: { 'x-auth-token': token } }) => token)).toEqual([
    'token',
    'token',
    'other',
  ])
  expect(gateway.contexts.compiled).toBe(3)
})
