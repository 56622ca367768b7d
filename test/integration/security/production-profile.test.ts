import { readFile } from 'node:fs/promises'
import { getIntrospectionQuery } from 'graphql'
import { describe, expect, test } from 'vitest'
import { startWillingUpstream } from '../../fixtures/ask.ts'
import { type GatewayOptions, startGateway } from '../../support/start-gateway.ts'
import { startProcess } from '../../support/start-process.ts'
import { ask, bodyOf, expectRefusal, GRAPHQL_TYPE, WRITE } from './requests.ts'

const PRODUCTION = { production: true }
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

/** As GraphiQL asks for the schema. */
const INTROSPECTION = getIntrospectionQuery({
  descriptions: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  oneOf: true,
})

async function answered(query: string, options: GatewayOptions, variables: object = {}) {
  await using upstream = await startWillingUpstream()
  await using gateway = await startGateway({ upstream: upstream.url, ...options })
  const answer = await ask(gateway.url, {
    body: bodyOf(query, { variables, operationName: /^query (cop)/.exec(query)?.[1] }),
    headers: { accept: GRAPHQL_TYPE },
  })
  return { ...answer, calls: upstream.calls }
}

describe('introspection', () => {
  test.each([
    ['as GraphiQL asks', INTROSPECTION],
    ['__schema', '{ __schema { queryType { name } } }'],
    ['__type', '{ __type(name: "VpcChannel") { name } }'],
    ['under an alias', '{ innocent: __schema { queryType { name } } }'],
    ['in a fragment', '{ ...F } fragment F on Query { ... { __type(name: "Query") { name } } }'],
    ['beside what is allowed', '{ __typename __schema { queryType { name } } }'],
    [
      'of an operation that does not run',
      'query cop { __typename } query R { __schema { queryType { name } } }',
    ],
  ])('is off in production: %s', async (_name, query) => {
    const { status, json } = await answered(query, PRODUCTION)
    expect(status).toBe(400)
    expect(json.errors).toEqual([
      expect.objectContaining({
        message: 'Introspection is turned off.',
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', requestId: expect.any(String) },
      }),
    ])
    expect(json).not.toHaveProperty('data')
  })

  test('can be turned on in production', async () => {
    const { json } = await answered(INTROSPECTION, { production: true, introspection: true })
    expect(json.data.__schema.types.length).toBeGreaterThan(40)
  })

  test('is on in development, as GraphiQL asks for it', async () => {
    const { json } = await answered(INTROSPECTION, {})
    expect(json.errors).toBeUndefined()
    expect(json.data.__schema.types.length).toBeGreaterThan(40)
  })

  test('can be turned off in development', async () => {
    expect((await answered(INTROSPECTION, { introspection: false })).status).toBe(400)
  })

  test('has no say over __typename, nor over _service, which composition asks for', async () => {
    const { json } = await answered('{ __typename _service { __typename sdl } }', PRODUCTION)
    expect(json).toEqual({
      data: {
        __typename: 'Query',
        _service: {
          __typename: '_Service',
          sdl: await readFile(new URL('../../../schema/subgraph.graphql', import.meta.url), 'utf8'),
        },
      },
    })
  })
})

describe('pages', () => {
  test.each(['/graphql', '/', '/graphiql', '/graphql?query={__typename}'])(
    'there is no GraphiQL and no landing page in production: %s',
    async (path) => {
      await using gateway = await startGateway(PRODUCTION)
      const answer = await ask(new URL(path, gateway.url).href, { headers: { accept: BROWSER } })
      expect([404, 405]).toContain(answer.status)
      expectRefusal(answer, answer.status)
      expect(answer.text).not.toMatch(/<|graphiql|yoga|playground/i)
      expect(answer.headers.has('location')).toBe(false)
    },
  )

  test('in development a browser gets GraphiQL, which may talk to nobody but this server', async () => {
    await using gateway = await startGateway({ graphiql: true })
    const found = await ask(new URL('/', gateway.url).href, { headers: { accept: BROWSER } })
    expect([found.status, found.headers.get('location')]).toEqual([302, '/graphql'])
    const page = await ask(gateway.url, { headers: { accept: BROWSER } })
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
    const policy = page.headers.get('content-security-policy')?.split('; ')
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "connect-src 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ]),
    )
    expect(policy?.join(' ')).not.toMatch(/https?:|\*|unsafe-eval/)
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('suggestions', () => {
  const NEARLY: readonly (readonly [name: string, query: string, variables?: object])[] = [
    ['a field', '{ vpcChanel(instanceId: "i", id: "c") { id } }'],
    ['a field of a type', '{ vpcChannel(instanceId: "i", id: "c") { nam } }'],
    ['a field of what answers no fields', '{ vpcChannel(instanceId: "i", id: "c") { micoservice } }'],
    ['a field of another type', '{ vpcChannel(instanceId: "i", id: "c") { microservice { engineId } } }'],
    ['an argument', '{ vpcChannel(instanceID: "i", id: "c") { id } }'],
    ['an argument of a directive', '{ __typename @include(iff: true) }'],
    ['a type', 'query Q($input: CreateVpcChanelInput!) { __typename }'],
    ['a type of a fragment', '{ ... on Qery { __typename } }'],
    [
      'an input field',
      'mutation { createVpcChannel(input: {instanceld: "i", name: "abc", port: 22}) { vpcChannel { id } } }',
    ],
    [
      'an enum value',
      'mutation { createVpcChannel(input: {instanceId: "i", name: "abc", port: 22, memberType: IPP}) { vpcChannel { id } } }',
    ],
    [
      'an input field of a variable',
      'mutation M($input: CreateVpcChannelInput!) { createVpcChannel(input: $input) { vpcChannel { id } } }',
      { input: { instanceId: 'i', nam: 'abc', port: 22 } },
    ],
    [
      'an enum value of a variable',
      'mutation M($input: CreateVpcChannelInput!) { createVpcChannel(input: $input) { vpcChannel { id } } }',
      { input: { instanceId: 'i', name: 'abc', port: 22, memberType: 'IPP' } },
    ],
    [
      'an enum value of a variable of its own',
      'query Q($product: VpcChannelProduct!) { vpcChannel(product: $product, instanceId: "i", id: "c") { id } }',
      { product: 'APIGG' },
    ],
  ]

  const cases = NEARLY.map(([name, query, variables]) => ({ name, query, variables }))
  test.each(cases)('are not made in production: $name', async ({ query, variables }) => {
    const { json, text, calls } = await answered(query, PRODUCTION, variables)
    expect(json.errors.length).toBeGreaterThan(0)
    expect(text).not.toMatch(/did you mean/i)
    expect(calls).toEqual([])
  })

  test('are made in development, where a test would see them', async () => {
    const { json } = await answered('{ vpcChanel(instanceId: "i", id: "c") { id } }', {})
    expect(json.errors[0].message).toBe(
      'Cannot query field "vpcChanel" on type "Query". Did you mean "vpcChannel" or "vpcChannels"?',
    )
  })
})

test.each([true, false])(
  'what goes wrong inside is told as that and no more, and logged with its cause: production %s',
  async (production) => {
    const broken = () => {
      throw new TypeError('secret-of-the-inside')
    }
    await using gateway = await startGateway({
      production,
      broken: { checkers: new Map([['createVpcChannel', broken]]) },
    })
    const { status, text, json } = await ask(gateway.url, { body: WRITE })
    expect(status).toBe(200)
    expect(json.errors).toHaveLength(1)
    expect(json.errors[0].extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', effect: 'UNKNOWN' })
    expect(text).not.toMatch(/secret-of|TypeError|\bat |node:|node_modules|\.ts/)
    expect(JSON.stringify(gateway.logged)).toContain('secret-of-the-inside')
  },
)

test('NODE_ENV=production selects the profile, and settings open what they name', async () => {
  await using closed = startProcess({ NODE_ENV: 'production', SANDBOX: 'true' })
  await using open = startProcess({
    NODE_ENV: 'production',
    SANDBOX: 'true',
    INTROSPECTION: 'true',
    CORS_ORIGINS: 'https://console.example, http://localhost:5173',
    MAX_ROOT_FIELDS: '2',
    MAX_BODY_BYTES: '5000',
  })
  const [atClosed, atOpen] = [await closed.url(), await open.url()]
  const introspection = { body: bodyOf(INTROSPECTION), headers: { origin: 'http://localhost:5173' } }
  const [refused, told] = [await ask(atClosed, introspection), await ask(atOpen, introspection)]
  expect(refused.text).toContain('Introspection is turned off.')
  expect(refused.headers.has('access-control-allow-origin')).toBe(false)
  expect(told.text).toContain('"queryType"')
  expect(told.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
  expect((await ask(atClosed)).status).toBe(405)
  const three = bodyOf('{ __typename __typename __typename }')
  expect((await ask(atClosed, { body: three })).json).toEqual({ data: { __typename: 'Query' } })
  expect((await ask(atOpen, { body: three })).text).toContain('more fields at its root than 2')
  expectRefusal(await ask(atOpen, { body: bodyOf(' '.repeat(5_000)) }), 413)
})
