import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { schema } from '../../src/graphql/schema.ts'
import { trustedDocuments } from '../../src/server/documents/trusted-documents.ts'
import { CreateVpcChannelDocument } from '../support/generated/graphql.ts'
import { startGateway, TOKEN } from '../support/start-gateway.ts'
import { startUpstream } from '../support/start-upstream.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const SHOW = 'query Show($id: ID!) { vpcChannel(instanceId: "i1", id: $id) { name } }'
const CREATE = `mutation Create($input: CreateVpcChannelInput!) { createVpcChannel(input: $input) { vpcChannel { id } } }`
const TWO = 'query One { __typename } query Two { other: __typename }'
const TRUSTED = [SHOW, CREATE, TWO]
const STRANGER = '{ stranger: __typename }'
const INPUT = { instanceId: 'i1', name: 'orders', port: 80, memberType: 'IP' }
const SHOWN = { data: { vpcChannel: { name: 'orders' } } }

const persistedQuery = (sha256Hash: string) => ({
  extensions: { persistedQuery: { version: 1, sha256Hash } },
})
const refused = (code: string) => ({ errors: [{ extensions: { code } }] })
const NOT_FOUND = refused('PERSISTED_QUERY_NOT_FOUND')
const MISMATCH = refused('PERSISTED_QUERY_MISMATCH')
const ONLY = refused('PERSISTED_QUERY_ONLY')
const BAD_REQUEST = refused('BAD_REQUEST')

/** A gateway with documents that it trusts, `null` for none, and the cloud behind it. */
async function start(
  only: boolean,
  documents: Readonly<Record<string, string>> | null = Object.fromEntries(
    TRUSTED.map((text) => [`sha256:${sha256(text)}`, text]),
  ),
) {
  const read = documents === null ? undefined : trustedDocuments(JSON.stringify(documents), schema, only)
  if (read?.ok === false) throw new Error(read.faults.join('\n'))
  const upstream = await startUpstream(({ method }) => ({
    status: method === 'POST' ? 201 : 200,
    body: { id: 'c1', name: 'orders' },
  }))
  const gateway = await startGateway({
    upstream: upstream.url,
    graphiql: true,
    ...(read && { trustedDocuments: read.documents }),
  })
  const answerOf = async (response: Response) => ({
    status: response.status,
    requestId: response.headers.get('x-request-id'),
    body: JSON.parse(await response.text()),
  })
  return {
    upstream,
    url: gateway.url,
    post: async (body: object, accept = 'application/json') =>
      answerOf(
        await fetch(gateway.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-auth-token': TOKEN, accept },
          body: JSON.stringify(body),
        }),
      ),
    get: async (parameters: Readonly<Record<string, string>>) =>
      answerOf(
        await fetch(`${gateway.url}?${new URLSearchParams(parameters)}`, {
          headers: { 'x-auth-token': TOKEN, accept: 'application/json' },
        }),
      ),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

describe.each([true, false])('a trusted document, where no others are executed: %s', (only) => {
  test('runs by its id, said in any way', async () => {
    await using gateway = await start(only)
    const id = sha256(SHOW)
    const variables = { id: 'c1' }
    for (const body of [
      { documentId: id },
      { documentId: `sha256:${id}` },
      { documentId: id, query: '' },
      persistedQuery(id),
      persistedQuery(`sha256:${id}`),
      { query: SHOW },
      { query: SHOW, ...persistedQuery(id) },
      { query: SHOW, documentId: `sha256:${id}` },
    ]) {
      expect((await gateway.post({ ...body, variables })).body).toEqual(SHOWN)
    }
  })

  test('runs by its id in a GET, if it is a query', async () => {
    await using gateway = await start(only)
    const variables = JSON.stringify({ id: 'c1' })
    const { extensions } = persistedQuery(sha256(SHOW))
    expect((await gateway.get({ documentId: sha256(SHOW), variables })).body).toEqual(SHOWN)
    expect((await gateway.get({ extensions: JSON.stringify(extensions), variables })).body).toEqual(SHOWN)

    const input = JSON.stringify({ input: INPUT })
    const written = await gateway.get({ documentId: sha256(CREATE), variables: input })
    expect(written.status).toBe(405)
    expect(gateway.upstream.calls.filter(({ method }) => method === 'POST')).toEqual([])
  })

  test('is given the operation’s name and the variables, and checks them as ever', async () => {
    await using gateway = await start(only)
    const two = await gateway.post({ documentId: sha256(TWO), operationName: 'Two' })
    expect(two.body).toEqual({ data: { other: 'Query' } })
    const documentId = sha256(CREATE)
    const created = await gateway.post({ documentId, variables: { input: INPUT } })
    expect(created.body).toEqual({ data: { createVpcChannel: { vpcChannel: { id: 'c1' } } } })
    const faulty = await gateway.post({ documentId, variables: { input: { ...INPUT, port: 70_000 } } })
    expect(faulty.body.errors[0].extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      validation: [{ path: ['input', 'port'] }],
    })
  })

  test('of an unknown id is not found, in the words of automatic persisted queries', async () => {
    await using gateway = await start(only)
    for (const body of [
      { documentId: sha256(STRANGER) },
      persistedQuery(sha256(STRANGER)),
      { documentId: '' },
      { documentId: '__proto__' },
    ]) {
      const answer = await gateway.post(body)
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({
        errors: [
          {
            message: 'PersistedQueryNotFound',
            extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', requestId: answer.requestId },
          },
        ],
      })
    }
    const newer = await gateway.post({ documentId: 'x' }, 'application/graphql-response+json')
    expect(newer.status).toBe(400)
    expect(newer.body).toMatchObject(NOT_FOUND)
  })

  test('is not what comes under its id', async () => {
    await using gateway = await start(only)
    for (const query of [STRANGER, ` ${SHOW}`, CREATE]) {
      expect((await gateway.post({ query, documentId: sha256(SHOW) })).body).toMatchObject(MISMATCH)
      expect((await gateway.post({ query, ...persistedQuery(sha256(SHOW)) })).body).toMatchObject(MISMATCH)
    }
    expect(gateway.upstream.calls).toEqual([])
  })

  test.each<[string, object]>([
    ['an id that is a number', { documentId: 1 }],
    ['an id that is a list', { documentId: [sha256(SHOW)] }],
    ['a query that is a number', { documentId: sha256(SHOW), query: 1 }],
    ['variables that are a text', { documentId: sha256(SHOW), variables: 'id' }],
    ['another version', { extensions: { persistedQuery: { version: 2, sha256Hash: sha256(SHOW) } } }],
    ['a hash that is a number', { extensions: { persistedQuery: { version: 1, sha256Hash: 1 } } }],
    ['nothing', {}],
  ])('is not asked for by %s', async (_name, body) => {
    await using gateway = await start(only)
    expect((await gateway.post(body)).body).toMatchObject(BAD_REQUEST)
    expect(gateway.upstream.calls).toEqual([])
  })

  test('never becomes one by being sent', async () => {
    await using gateway = await start(only)
    await gateway.post({ query: STRANGER, ...persistedQuery(sha256(STRANGER)) })
    await gateway.post({ query: STRANGER, documentId: sha256(STRANGER) })
    expect((await gateway.post(persistedQuery(sha256(STRANGER)))).body).toMatchObject(NOT_FOUND)
  })

  test('can be one that the client preset generated', async () => {
    const generated = readFileSync('test/support/generated/persisted-documents.json', 'utf8')
    await using gateway = await start(only, JSON.parse(generated))
    const created = await gateway.post({
      documentId: CreateVpcChannelDocument.__meta__?.['hash'],
      variables: { input: INPUT },
    })
    expect(created.body).toEqual({
      data: { createVpcChannel: { vpcChannel: { id: 'c1', name: 'orders', createdAt: null } } },
    })
  })
})

describe('a document that is not in the manifest', () => {
  const strangers = [
    { query: STRANGER },
    { query: '{ __schema { types { name } } }' },
    { query: '{ _service { sdl } }' },
    { query: `${SHOW} ` },
    { query: STRANGER, ...persistedQuery(sha256(STRANGER)) },
    { query: STRANGER, documentId: sha256(STRANGER) },
    { query: '' },
    { query: '{' },
  ]

  test('is refused, where no others are executed, before anything is done with it', async () => {
    await using gateway = await start(true)
    for (const body of strangers) {
      const answer = await gateway.post(body)
      expect(answer.status).toBe(200)
      expect(answer.body).toMatchObject(ONLY)
      expect(answer.body.errors[0].extensions.requestId).toBe(answer.requestId)
    }
    const written = await gateway.post({ query: `${CREATE} `, variables: { input: INPUT } })
    expect(written.body).toMatchObject(ONLY)
    expect((await gateway.get({ query: STRANGER })).body).toMatchObject(ONLY)
    expect(gateway.upstream.calls).toEqual([])
  })

  test('is executed too in development, and GraphiQL is there for it', async () => {
    await using gateway = await start(false)
    expect((await gateway.post({ query: STRANGER })).body).toEqual({ data: { stranger: 'Query' } })
    expect((await gateway.post({ query: STRANGER, ...persistedQuery(sha256(STRANGER)) })).body).toEqual({
      data: { stranger: 'Query' },
    })
    expect((await gateway.post({ query: '{ __schema { queryType { name } } }' })).body).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    })
    const page = await fetch(gateway.url, { headers: { accept: 'text/html' } })
    expect(page.headers.get('content-type')).toContain('text/html')
  })

  test('is executed where there is no manifest, and ids are not known', async () => {
    await using gateway = await start(false, null)
    expect((await gateway.post({ query: STRANGER })).body).toEqual({ data: { stranger: 'Query' } })
    expect((await gateway.post({})).body).toMatchObject(BAD_REQUEST)
  })

  test('and where there is no manifest, an id alone has the answer that clients send the text after', async () => {
    await using gateway = await start(false, null)
    for (const request of [{ documentId: sha256(SHOW) }, persistedQuery(sha256(SHOW))]) {
      expect((await gateway.post(request)).body).toMatchObject({
        errors: [
          {
            message: 'PersistedQueryNotSupported',
            extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' },
          },
        ],
      })
    }
    const both = { query: STRANGER, ...persistedQuery(sha256(STRANGER)) }
    expect((await gateway.post(both)).body).toEqual({ data: { stranger: 'Query' } })
  })
})
