import { describe, expect, test } from 'vitest'
import { expectContract } from '../../fixtures/ask.ts'
import { type GatewayOptions, startGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { CREATE, LIST, PAYMENTS, SHOW } from './start-own.ts'

const KEYS = [
  { name: 'billing', key: 'key-of-the-billing-service' },
  { name: 'orders', key: 'key-of-the-orders-service!' },
]
const OWN = { kind: 'ACCESS_KEY', accessKey: 'AK', secretKey: 'SK', securityToken: undefined } as const
const NO_TOKEN = { 'x-auth-token': null } as const

const PAGE = { total: 0, vpc_channels: [], size: 0 }

/** A gateway with an access key of its own, in front of an upstream that answers every read and write. */
async function startGuarded(options: Omit<GatewayOptions, 'upstream'> = { apiKeys: KEYS }) {
  const upstream = await startUpstream(({ method, path, json }) =>
    method === 'POST'
      ? { status: 201, body: { ...json, id: 'c1' } }
      : { body: path.includes('?') ? PAGE : { id: 'c1', name: 'payments', members: [] } },
  )
  const gateway = await startGateway({ upstream: upstream.url, gatewayCredentials: OWN, ...options })
  return {
    calls: upstream.calls,
    gateway,
    send: (document: string, variables: object, headers: Readonly<Record<string, string | null>>) =>
      gateway.send<unknown, object>(document, variables, { ...NO_TOKEN, ...headers }),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

describe('a caller with an API key', () => {
  test.each(KEYS.map(({ key }) => key))(
    'that is right is served with the gateway’s rights: %s',
    async (key) => {
      await using guarded = await startGuarded()
      const { errors } = await guarded.send(CREATE, { name: 'made' }, { 'x-api-key': key })
      expect(errors).toBeUndefined()
      const [call] = guarded.calls
      expect(call?.headers.authorization).toMatch(/^SDK-HMAC-SHA256 Access=AK, /)
      expect(call?.headers).not.toHaveProperty('x-api-key')
    },
  )

  const [right = ''] = KEYS.map(({ key }) => key)
  test.each([
    ['wrong', { 'x-api-key': 'key-of-nobody-known-here' }],
    ['right but for a letter', { 'x-api-key': `${right.slice(0, -1)}X` }],
    ['cut short', { 'x-api-key': right.slice(0, -1) }],
    ['longer', { 'x-api-key': `${right}x` }],
    ['in other letters', { 'x-api-key': right.toUpperCase() }],
    ['with its name', { 'x-api-key': `billing:${right}` }],
    ['its name alone', { 'x-api-key': 'billing' }],
    ['both keys in one', { 'x-api-key': `${right}, ${KEYS[1]?.key}` }],
    ['empty', { 'x-api-key': '' }],
    ['blank', { 'x-api-key': '  ' }],
    ['as a bearer token', { authorization: `Bearer ${right}` }],
    ['as a basic login', { authorization: `Basic ${Buffer.from(`billing:${right}`).toString('base64')}` }],
    ['in a cookie', { cookie: `x-api-key=${right}` }],
    [
      'wrong, beside the word of another header',
      { 'x-api-key': 'wrong-wrong-wrong-wrong', 'x-forwarded-user': 'billing' },
    ],
    ['none at all', {}],
  ])('%s is UNAUTHENTICATED, with nothing sent', async (_name, headers) => {
    await using guarded = await startGuarded()
    for (const [document, variables] of [
      [CREATE, { name: 'made' }],
      [SHOW, PAYMENTS],
    ] as const) {
      const answer = await guarded.send(document, variables, headers)
      expect(answer.errors).toHaveLength(1)
      expect(answer.errors?.[0]?.extensions).toMatchObject({
        code: 'UNAUTHENTICATED',
        reason: 'CALLER_UNKNOWN',
        retry: { retryable: false },
      })
      expect(answer.errors?.[0]?.extensions.effect).toBe(document === CREATE ? 'NOT_APPLIED' : undefined)
      expect(answer.errors?.[0]?.extensions).not.toHaveProperty('upstream')
      expectContract(answer)
    }
    expect(guarded.calls).toEqual([])
  })

  test('in the URL is none', async () => {
    await using guarded = await startGuarded()
    const response = await fetch(`${guarded.gateway.url}?x-api-key=${right}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: SHOW, variables: PAYMENTS }),
    })
    expect(await response.text()).toContain('CALLER_UNKNOWN')
    expect(guarded.calls).toEqual([])
  })

  test('and a token of its own acts with that token, right or wrong the key', async () => {
    await using guarded = await startGuarded()
    for (const key of [right, 'wrong-wrong-wrong-wrong']) {
      await guarded.send(SHOW, PAYMENTS, { 'x-auth-token': 'MIIown', 'x-api-key': key })
    }
    expect(guarded.calls.map(({ headers }) => [headers['x-auth-token'], headers.authorization])).toEqual([
      ['MIIown', undefined],
      ['MIIown', undefined],
    ])
  })
})

test('every operation asks who calls', async () => {
  await using guarded = await startGuarded()
  const reference = { __typename: 'VpcChannel', product: 'APIG', instanceId: 'i', id: 'c1' }
  for (const document of [
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on VpcChannel { name } } }',
    '{ vpcChannels(instanceId: "i") { totalCount } }',
    '{ projectVpcChannels { totalCount } }',
    '{ planProjectVpcChannels(input: { instanceIds: ["i"], name: "made", port: 80 }) { planId } }',
    'mutation { upsertProjectVpcChannels(input: { instanceIds: ["i"], name: "made", port: 80 }) { status } }',
  ]) {
    const { errors } = await guarded.send(document, { r: [reference] }, {})
    expect(errors?.map(({ extensions }) => extensions.reason)).toEqual(['CALLER_UNKNOWN'])
  }
  expect(guarded.calls).toEqual([])
})

describe('where anybody may call', () => {
  test.each([
    ['nothing', {}],
    ['an API key', { 'x-api-key': 'some-key-of-another-gateway' }],
    ['a bearer token', { authorization: 'Bearer abc' }],
    ['an empty token', { 'x-auth-token': '' }],
  ])('who sends %s is served with the gateway’s rights', async (_name, headers) => {
    await using guarded = await startGuarded({ anyCaller: true })
    expect((await guarded.send(SHOW, PAYMENTS, headers)).errors).toBeUndefined()
    expect(guarded.calls[0]?.headers.authorization).toContain('Access=AK')
  })

  test('who sends a token is not', async () => {
    await using guarded = await startGuarded({ anyCaller: true })
    await guarded.send(SHOW, PAYMENTS, { 'x-auth-token': 'MIIown' })
    const bad = await guarded.send(SHOW, PAYMENTS, { 'x-auth-token': 'two words' })
    expect(bad.errors?.[0]?.extensions.reason).toBe('TOKEN_INVALID')
    expect(guarded.calls.map(({ headers }) => headers['x-auth-token'])).toEqual(['MIIown'])
  })
})

test('with neither a check nor leave, nobody is served with the gateway’s rights', async () => {
  await using guarded = await startGuarded({})
  for (const headers of [
    {},
    { 'x-api-key': KEYS[0]!.key },
    { 'x-api-key': 'undefined' },
    { authorization: 'Bearer a.b.c' },
  ]) {
    expect((await guarded.send(SHOW, PAYMENTS, headers)).errors?.[0]?.extensions.reason).toBe(
      'CALLER_UNKNOWN',
    )
  }
  expect(guarded.calls).toEqual([])
})

test('without credentials of its own a gateway knows no callers by their keys', async () => {
  await using upstream = await startUpstream({ body: PAGE })
  await using gateway = await startGateway({ upstream: upstream.url, apiKeys: KEYS })
  const { errors } = await gateway.send<unknown, object>(LIST, {}, { ...NO_TOKEN, 'x-api-key': KEYS[0]!.key })
  expect(errors?.[0]?.extensions.reason).toBe('TOKEN_MISSING')
  expect(upstream.calls).toEqual([])
})

test('each caller has places of its own: one that takes all of them leaves the others theirs', async () => {
  const held: (() => void)[] = []
  await using upstream = await startUpstream((call, { response }) => {
    if (!call.path.includes('held')) return { body: PAGE }
    held.push(() => response.end(JSON.stringify(PAGE)))
    return undefined
  })
  await using gateway = await startGateway({
    upstream: upstream.url,
    gatewayCredentials: OWN,
    apiKeys: KEYS,
    limits: { inFlightPerCaller: 2, queueMs: 50 },
  })
  const list = (name: string, headers: Readonly<Record<string, string | null>>) =>
    gateway.send<unknown, object>(LIST, { name }, { ...NO_TOKEN, ...headers })
  const [billing, orders] = KEYS.map(({ key }) => ({ 'x-api-key': key }))
  const first = [list('held', billing!), list('held', billing!)]
  await expect.poll(() => held.length).toBe(2)
  expect((await list('third', billing!)).errors?.[0]?.extensions.code).toBe('OVERLOADED')
  expect((await list('free', orders!)).errors).toBeUndefined()
  expect((await list('free', { 'x-auth-token': 'MIIown' })).errors).toBeUndefined()
  for (const answer of held) answer()
  expect((await Promise.all(first)).flatMap(({ errors }) => errors ?? [])).toEqual([])
})
