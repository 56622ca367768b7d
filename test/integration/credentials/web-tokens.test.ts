import fc from 'fast-check'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { startGateway } from '../../support/start-gateway.ts'
import { type Answering, startUpstream } from '../../support/start-upstream.ts'
import { CREATE, LIST, PAYMENTS, SHOW } from './start-own.ts'

afterEach(() => {
  vi.useRealTimers()
})

const ISSUER = 'https://idp.example.com'
const AUDIENCE = 'vpc-channel-gateway'
const OWN = { kind: 'ACCESS_KEY', accessKey: 'AK', secretKey: 'SK', securityToken: undefined } as const

async function makeKey(kid: string, alg = 'ES256') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, publicKey, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}
type Key = Awaited<ReturnType<typeof makeKey>>

const [KEY, STRANGER, RSA] = await Promise.all([makeKey('k1'), makeKey('k1'), makeKey('rsa', 'RS256')])

const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow
const CLAIMS = (): JWTPayload => ({ iss: ISSUER, aud: AUDIENCE, sub: 'alice', exp: seconds(600) })
const without = (claim: string): JWTPayload =>
  Object.fromEntries(Object.entries(CLAIMS()).filter(([name]) => name !== claim))

const signed = (claims: JWTPayload = CLAIMS(), key: Key = KEY, header: object = {}): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey)

/** A gateway that knows its callers by an issuer's keys. */
async function startIssued(jwks: Answering = () => ({ body: { keys: [KEY.jwk, RSA.jwk] } })) {
  const issuer = await startUpstream(jwks)
  const upstream = await startUpstream(({ method, path, json }) =>
    method === 'POST'
      ? { status: 201, body: { ...json, id: 'c1' } }
      : {
          body: path.includes('?')
            ? { total: 0, size: 0, vpc_channels: [] }
            : { id: 'c1', name: 'payments', members: [] },
        },
  )
  const gateway = await startGateway({
    upstream: upstream.url,
    gatewayCredentials: OWN,
    webTokens: { jwks: new URL(`${issuer.url}/jwks.json?p=1`), issuer: ISSUER, audience: AUDIENCE },
  })
  return {
    fetched: issuer.calls,
    calls: upstream.calls,
    logged: gateway.logged,
    send: (token: string, document: string = SHOW, variables: object = PAYMENTS) =>
      gateway.send<unknown, object>(document, variables, {
        'x-auth-token': null,
        authorization: `Bearer ${token}`,
      }),
    raw: gateway.send,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await issuer[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

describe('a caller with a web token', () => {
  test.each<[string, () => Promise<string>]>([
    ['signed by the issuer', () => signed()],
    ['signed with RSA', () => signed(CLAIMS(), RSA)],
    ['for several audiences', () => signed({ ...CLAIMS(), aud: ['other', AUDIENCE] })],
    ['over for less than half a minute', () => signed({ ...CLAIMS(), exp: seconds(-20) })],
    ['of a subject of any characters', () => signed({ ...CLAIMS(), sub: '订单 服务' })],
    ['without a kid', () => signed(CLAIMS(), KEY, { kid: undefined })],
  ])('%s is served with the gateway’s rights, and the token goes no further', async (_name, make) => {
    await using issued = await startIssued()
    const token = await make()
    expect((await issued.send(token, CREATE, { name: 'made' })).errors).toBeUndefined()
    expect((await issued.send(token)).errors).toBeUndefined()
    expect(issued.fetched).toHaveLength(1)
    for (const { headers } of issued.calls) expect(headers.authorization).toContain('Access=AK')
    for (const { headers } of issued.fetched) expect(headers).not.toHaveProperty('authorization')
    expect(JSON.stringify([issued.calls, issued.fetched, issued.logged])).not.toContain(token)
  })

  const secret = async () => new TextEncoder().encode(await exportSPKI(RSA.publicKey))
  test.each<[string, () => Promise<string> | string]>([
    ['expired', () => signed({ ...CLAIMS(), exp: seconds(-60) })],
    ['not yet valid', () => signed({ ...CLAIMS(), nbf: seconds(60) })],
    ['of another issuer', () => signed({ ...CLAIMS(), iss: 'https://idp.example.com/' })],
    ['of no issuer', () => signed(without('iss'))],
    ['for another audience', () => signed({ ...CLAIMS(), aud: 'other' })],
    ['for no audience', () => signed(without('aud'))],
    ['of no subject', () => signed(without('sub'))],
    ['of an empty subject', () => signed({ ...CLAIMS(), sub: '' })],
    ['of a subject that is no text', () => signed({ ...CLAIMS(), sub: { a: 1 } as never })],
    ['without an end', () => signed(without('exp'))],
    ['with an end that is no number', () => signed({ ...CLAIMS(), exp: '2099-01-01' as never })],
    ['signed by a stranger under a known kid', () => signed(CLAIMS(), STRANGER)],
    ['of an unknown kid', () => signed(CLAIMS(), KEY, { kid: 'k9' })],
    ['of the kid of a key of another kind', () => signed(CLAIMS(), KEY, { kid: 'rsa' })],
    ['without a signature', () => new UnsecuredJWT(CLAIMS()).encode()],
    [
      'signed with the public key for a secret',
      async () => new SignJWT(CLAIMS()).setProtectedHeader({ alg: 'HS256', kid: 'rsa' }).sign(await secret()),
    ],
    [
      'changed after it was signed',
      async () => {
        const [header, , signature] = (await signed()).split('.')
        const claims = Buffer.from(JSON.stringify({ ...CLAIMS(), sub: 'root' })).toString('base64url')
        return `${header}.${claims}.${signature}`
      },
    ],
    ['its signature cut off', async () => (await signed()).replace(/[^.]+$/, '')],
    ['with its key inside', async () => signed(CLAIMS(), STRANGER, { kid: undefined, jwk: STRANGER.jwk })],
    [
      'with a header it must not be read without',
      () =>
        new SignJWT(CLAIMS())
          .setProtectedHeader({ alg: 'ES256', kid: 'k1', crit: ['policy'], policy: 1 })
          .sign(KEY.privateKey, { crit: { policy: true } }),
    ],
    ['that is no web token', () => 'abc'],
    ['of five parts', () => 'a.b.c.d.e'],
    ['of dots', () => '..'],
  ])('%s is UNAUTHENTICATED, with nothing sent', async (_name, make) => {
    await using issued = await startIssued()
    const token = await make()
    const { errors, text } = await issued.send(token, CREATE, { name: 'made' })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'UNAUTHENTICATED',
      reason: 'CALLER_UNKNOWN',
      effect: 'NOT_APPLIED',
      retry: { retryable: false },
    })
    if (token.length > 5) expect(text + JSON.stringify(issued.logged)).not.toContain(token)
    expect(issued.calls).toEqual([])
  })

  test('of any other form is UNAUTHENTICATED too, and nothing breaks', async () => {
    await using issued = await startIssued()
    expect((await issued.send(await signed())).errors).toBeUndefined()
    const names = ['ES256', 'RS256', 'EdDSA', 'none', 'HS256', '__proto__', 'toString', null, 7]
    const header = fc
      .record(
        {
          alg: fc.constantFrom(...names),
          kid: fc.constantFrom('k1', 'rsa', '__proto__', '', null, 7),
          crit: fc.constantFrom(['b64'], [], 'b64'),
          b64: fc.boolean(),
          typ: fc.constantFrom('JWT', 7),
        },
        { requiredKeys: ['alg'] },
      )
      .map((value) => JSON.stringify(value))
    const part = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.stringify(value)),
    )
    const token = fc
      .tuple(fc.oneof({ weight: 4, arbitrary: header }, part), fc.oneof(part, header), part)
      .map((parts) => parts.map((one) => Buffer.from(one).toString('base64url')).join('.'))
      .filter((text) => text.length > 2)
    await fc.assert(
      fc.asyncProperty(token, async (text) => {
        const { errors } = await issued.send(text)
        expect(errors?.[0]?.extensions.reason).toBe('CALLER_UNKNOWN')
      }),
      { numRuns: 60 },
    )
    expect(issued.calls).toHaveLength(1)
    expect(issued.fetched).toHaveLength(1)
  })

  test('and another way of writing the scheme is served; another scheme, a key or nothing is not', async () => {
    await using issued = await startIssued()
    const token = await signed()
    for (const [authorization, isServed] of [
      [`bearer ${token}`, true],
      [`BEARER   ${token}`, true],
      [`Token ${token}`, false],
      [`Bearer${token}`, false],
      [`Bearer ${token} x`, false],
      [`Bearer ${token}, Bearer ${token}`, false],
      ['Bearer', false],
      [token, false],
      [null, false],
    ] as const) {
      const { errors } = await issued.raw<unknown, object>(SHOW, PAYMENTS, {
        'x-auth-token': null,
        authorization,
      })
      expect(errors?.[0]?.extensions.reason, String(authorization).slice(0, 12)).toBe(
        isServed ? undefined : 'CALLER_UNKNOWN',
      )
    }
    const withKey = {
      'x-auth-token': null,
      authorization: `Bearer ${token}`,
      'x-api-key': 'wrong-wrong-wrong',
    }
    expect((await issued.raw<unknown, object>(SHOW, PAYMENTS, withKey)).errors?.[0]?.extensions.reason).toBe(
      'CALLER_UNKNOWN',
    )
  })

  test('and a token of the cloud acts with that one, and nobody asks the issuer', async () => {
    await using issued = await startIssued()
    const headers = { 'x-auth-token': 'MIIown', authorization: 'Bearer abc.def.ghi' }
    expect((await issued.raw<unknown, object>(SHOW, PAYMENTS, headers)).errors).toBeUndefined()
    expect(issued.calls[0]?.headers['x-auth-token']).toBe('MIIown')
    expect(issued.calls[0]?.headers).not.toHaveProperty('authorization')
    expect(issued.fetched).toEqual([])
  })
})

describe('the issuer’s keys', () => {
  test('are fetched once for many first callers, and kept', async () => {
    await using issued = await startIssued()
    const token = await signed()
    const answers = await Promise.all(Array.from({ length: 6 }, () => issued.send(token)))
    expect(answers.flatMap(({ errors }) => errors ?? [])).toEqual([])
    expect(issued.fetched.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /jwks.json?p=1'])
  })

  test('may change: a new one is found, though not more than once in half a minute', async () => {
    const next = await makeKey('k2')
    let keys: object[] = [KEY.jwk]
    vi.setSystemTime('2026-11-23T09:00:00Z')
    await using issued = await startIssued(() => ({ body: { keys } }))
    expect((await issued.send(await signed())).errors).toBeUndefined()
    keys = [next.jwk]
    // A caller who makes up key ids must not have the issuer asked for each.
    for (const kid of ['k2', 'k3', 'k4']) {
      const { errors } = await issued.send(await signed(CLAIMS(), next, { kid }))
      expect(errors?.[0]?.extensions.reason).toBe('CALLER_UNKNOWN')
    }
    expect(issued.fetched).toHaveLength(1)
    vi.setSystemTime(Date.now() + 31_000)
    expect((await issued.send(await signed(CLAIMS(), next))).errors).toBeUndefined()
    expect(issued.fetched).toHaveLength(2)
    expect((await issued.send(await signed())).errors?.[0]?.extensions.reason).toBe('CALLER_UNKNOWN')
  })

  test.each<[string, Answering]>([
    ['down', (_call, { request }) => void request.socket.destroy()],
    ['failing', () => ({ status: 503, body: 'down' })],
    ['moved', () => ({ status: 302, headers: { location: '/elsewhere' }, body: '' })],
    ['no JSON', () => ({ body: '<html>' })],
    ['no keys', () => ({ body: { keys: 'none' } })],
    ['broken', () => ({ body: { keys: [{ ...KEY.jwk, x: 'AA' }] } })],
  ])('%s: nobody can be checked, nothing is sent, and it may pass', async (_name, jwks) => {
    let well = false
    await using issued = await startIssued((call, raw) =>
      well ? { body: { keys: [KEY.jwk] } } : jwks(call, raw),
    )
    const token = await signed()
    const { errors, text } = await issued.send(token, CREATE, { name: 'made' })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'CALLER_CHECK_UNAVAILABLE',
      effect: 'NOT_APPLIED',
      retry: { retryable: true },
    })
    expect(text).not.toContain(token)
    expect(text).not.toContain('jwks')
    expect(issued.calls).toEqual([])
    // A caller who brings a token of the cloud needs no check.
    const own = await issued.raw<unknown, object>(LIST, {}, { 'x-auth-token': 'MIIown' })
    expect(own.errors).toBeUndefined()
    well = true
    if (_name === 'broken') return
    expect((await issued.send(token)).errors).toBeUndefined()
  })
})
