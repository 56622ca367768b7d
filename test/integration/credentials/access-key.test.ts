import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { verifySignature } from '../../../src/simulator/auth/verify-signature.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { ROMA_TEST1, ROMA_TEST2, startSandbox } from '../simulator/sandbox.ts'
import {
  accessKeyOf,
  CREATE,
  LIST,
  NEIGHBOUR,
  PAYMENTS,
  PROJECT_LIST,
  SHOW,
  startOwn,
  temporaryKeyOf,
} from './start-own.ts'

afterEach(() => {
  vi.useRealTimers()
})

const BATCH = `instanceIds: ["${ROMA_TEST1}", "${ROMA_TEST2}"], name: "orders", port: 8080, memberType: IP, memberGroups: [{ name: "blue", remark: "备注 +%2F" }]`

const OPERATIONS = [
  ['creates', CREATE, { name: '订单通道_新' }],
  ['shows', SHOW, PAYMENTS],
  ['lists by a Chinese name', LIST, { name: '订单' }],
  ['lists a project', PROJECT_LIST, {}],
  [
    'upserts',
    `mutation { upsertProjectVpcChannels(input: { ${BATCH} }) { status results { outcome } } }`,
    {},
  ],
  ['plans', `{ planProjectVpcChannels(input: { ${BATCH} }) { instances { action } } }`, {}],
  [
    'resolves entities',
    `{ _entities(representations: [
      { __typename: "VpcChannel", product: "APIG", instanceId: "eddc4d25480b4cd6b512f270a1b8b341", id: "${PAYMENTS.id}" }
    ]) { ... on VpcChannel { name members { host } } } }`,
    {},
  ],
] as const

describe.each([
  ['a permanent access key', accessKeyOf],
  ['a temporary access key', temporaryKeyOf],
] as const)('a gateway with %s', (_name, keyOf) => {
  test.each(OPERATIONS)(
    '%s, each call signed, and with nothing of its caller’s',
    async (_what, document, variables) => {
      await using own = await startOwn(keyOf)
      const { errors, data } = await own.send(document, variables)
      expect(errors).toBeUndefined()
      expect(JSON.stringify(data)).not.toContain('"error"')
      expect(own.logins()).toEqual([])
      expect(own.calls().length).toBeGreaterThan(0)
      const { securityToken, access } =
        keyOf === accessKeyOf ? own.simulator.accessKey : own.simulator.temporaryAccessKey
      for (const { headers, status } of own.calls()) {
        expect(status).toBeLessThan(300)
        expect(headers['x-project-id']).toBe(own.simulator.projectId)
        expect(headers['x-security-token']).toBe(securityToken)
        expect(headers.authorization).toContain(`Access=${access}, SignedHeaders=x-project-id;x-sdk-date`)
        expect(headers.authorization?.includes('x-security-token')).toBe(securityToken !== undefined)
        expect(headers).not.toHaveProperty('x-auth-token')
        expect(headers).not.toHaveProperty('x-api-key')
      }
    },
  )
})

test('a name of any characters is signed as it is sent', async () => {
  await using own = await startOwn(accessKeyOf)
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), async (name) => {
      const { errors } = await own.send(LIST, { name })
      expect(errors?.[0]?.extensions.code).not.toBe('UNAUTHENTICATED')
    }),
    { numRuns: 40, examples: [["a+b %2F !'()*&=?#/;,"], ['订单😀'], ['..'], ['%'], ['\u0000']] },
  )
  const asked = own.calls().map(({ query }) => query['name'])
  expect(asked).toContain("a+b %2F !'()*&=?#/;,")
  expect(own.calls().every(({ status }) => status === 200)).toBe(true)
})

test('a base URL with a path of its own is signed with it', async () => {
  await using upstream = await startUpstream({ status: 201, body: { id: 'c1', name: 'made' } })
  await using gateway = await startGateway({
    upstream: `${upstream.url}/proxied`,
    gatewayCredentials: { kind: 'ACCESS_KEY', accessKey: 'AK', secretKey: 'SK', securityToken: undefined },
    anyCaller: true,
  })
  await gateway.send(CREATE, { name: 'made', instanceId: 'i' }, { 'x-auth-token': null, 'x-project-id': 'p' })
  const [call] = upstream.calls
  if (call === undefined) throw new Error('nothing was sent')
  const received = { ...call, query: new URLSearchParams(), bytes: Buffer.from(call.body) }
  const verify = (path: string) =>
    verifySignature({ ...received, path }, [{ access: 'AK', secret: 'SK' }], new Date())
  expect(call.path).toBe('/proxied/v2/p/apigw/instances/i/vpc-channels')
  expect(() => verify('/proxied/v2/p/apigw/instances/i/vpc-channels')).not.toThrow()
  expect(() => verify('/v2/p/apigw/instances/i/vpc-channels')).toThrow()
})

describe('the project of a call', () => {
  test.each([
    ['the header X-Project-Id', {}, { 'x-project-id': NEIGHBOUR }],
    ['the input', { projectId: NEIGHBOUR }, {}],
    ['the input, against the header', { projectId: NEIGHBOUR }, { 'x-project-id': 'another' }],
  ])('comes of %s, and is signed', async (_name, variables, headers) => {
    await using own = await startOwn(accessKeyOf)
    const { errors } = await own.send(PROJECT_LIST, variables, headers)
    expect(errors).toBeUndefined()
    expect(own.calls().map((call) => [call.headers['x-project-id'], call.path.split('/')[2]])).toEqual([
      [NEIGHBOUR, NEIGHBOUR],
    ])
  })
})

test('each attempt is signed anew', async () => {
  const start = Date.parse('2026-11-23T09:15:00Z')
  let attempts = 0
  await using upstream = await startUpstream(() => {
    attempts += 1
    vi.setSystemTime(start + attempts * 60_000)
    return attempts < 3
      ? { status: 503, body: { error_code: 'APIG.0613', error_msg: 'down' } }
      : { body: { id: 'c', name: 'payments' } }
  })
  await using gateway = await startGateway({
    upstream: upstream.url,
    gatewayCredentials: { kind: 'ACCESS_KEY', accessKey: 'AK', secretKey: 'SK', securityToken: undefined },
    anyCaller: true,
  })
  vi.setSystemTime(start)
  const { errors } = await gateway.send(SHOW, PAYMENTS, { 'x-auth-token': null })
  expect(errors).toBeUndefined()
  expect(upstream.calls.map(({ headers }) => headers['x-sdk-date'])).toEqual([
    '20261123T091500Z',
    '20261123T091600Z',
    '20261123T091700Z',
  ])
  expect(new Set(upstream.calls.map(({ headers }) => headers.authorization)).size).toBe(3)
})

test('an attempt after a failure is accepted', async () => {
  await using own = await startOwn(temporaryKeyOf)
  own.simulator.failNext({ kind: 'reset-after-body' }, { times: 2 })
  const { errors } = await own.send(SHOW, PAYMENTS)
  expect(errors).toBeUndefined()
  expect(own.calls()).toHaveLength(3)
})

describe('a key that the cloud does not take', () => {
  const WRONG = 'wr0ng-secret-key-of-this-test'

  test.each([
    ['whose secret is wrong', { secretKey: WRONG }],
    ['that nobody knows', { accessKey: 'AKOFNOBODYATALL00000', secretKey: WRONG }],
    ['whose security token is wrong', { securityToken: 'st-of-nobody' }],
  ])('%s: UNAUTHENTICATED, by the gateway’s fault, once, and nothing of it told', async (_name, wrong) => {
    await using simulator = await startSandbox()
    const credentials = { ...temporaryKeyOf(simulator), ...wrong }
    await using own = await startOwn(() => credentials, { simulator })
    for (const [document, variables] of [
      [CREATE, { name: 'made' }],
      [SHOW, PAYMENTS],
    ] as const) {
      const before = own.calls().length
      const { errors, text } = await own.send(document, variables)
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'UNAUTHENTICATED',
        reason: 'GATEWAY_CREDENTIALS',
        retry: { retryable: false },
        upstream: { service: 'APIG', status: 401, errorCode: 'APIGW.0301', message: null },
      })
      expect(errors?.[0]?.extensions.effect).toBe(document === CREATE ? 'NOT_APPLIED' : undefined)
      expect(own.calls().length - before).toBe(1)
      const [, signature = ''] = /Signature=(\w+)/.exec(own.calls().at(-1)?.headers.authorization ?? '') ?? []
      expect(signature).toHaveLength(64)
      const shown = text + JSON.stringify(own.gateway.logged)
      for (const secret of [...Object.values(credentials).slice(1), WRONG, signature, 'canonicalRequest']) {
        expect(shown).not.toContain(String(secret))
      }
    }
  })

  test('for the clocks differ', async () => {
    await using simulator = await startSandbox({ now: () => new Date(Date.now() + 16 * 60_000) })
    await using own = await startOwn(accessKeyOf, { simulator })
    const { errors } = await own.send(CREATE, { name: 'made' })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'GATEWAY_CREDENTIALS' })
  })

  test('is nothing to a caller with a token of its own', async () => {
    await using simulator = await startSandbox()
    await using own = await startOwn(() => ({ ...accessKeyOf(simulator), secretKey: WRONG }) as never, {
      simulator,
    })
    const { errors } = await own.send(SHOW, PAYMENTS, { 'x-auth-token': simulator.issueToken() })
    expect(errors).toBeUndefined()
    expect(own.calls()[0]?.headers).not.toHaveProperty('authorization')
    const bad = await own.send(SHOW, PAYMENTS, { 'x-auth-token': 'MIIunknown' })
    expect(bad.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'TOKEN_INVALID' })
  })
})
