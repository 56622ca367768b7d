import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import type { GatewayCredentials } from '../../../src/operations/upstream-services.ts'
import { expectContract } from '../../fixtures/ask.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { type PlannedAnswer, type ReceivedCall, startUpstream } from '../../support/start-upstream.ts'
import { CREATE, LIST, LOGIN, PAYMENTS, PROJECT_LIST, SHOW } from './start-own.ts'

/** Distinct, and in forms that a looser eye takes for a code, an id or a word. */
const ACCESS_KEY = 'PLANTEDACCESSKEY0001'
const SECRET_KEY = 'plantedsecretkey0002'
const SECURITY_TOKEN = 'plantedsecuritytoken0003'
const PASSWORD = 'planted-0004 "quoted" pässwörd'
const API_KEY = 'plantedapikey0005'
const IAM_TOKEN = '0006abcdefabcdefabcdefabcdef0006'
const CALLER_TOKEN = '0007abcdefabcdefabcdefabcdef0007'

const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
const WEB_TOKEN = await new SignJWT({
  iss: 'issuer',
  aud: 'audience',
  sub: 'alice',
  exp: Math.floor(Date.now() / 1000) + 600,
})
  .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
  .sign(privateKey)

const PLANTED = [
  ...[ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN, PASSWORD, 'planted-0004', API_KEY, IAM_TOKEN, CALLER_TOKEN],
  ...[WEB_TOKEN, WEB_TOKEN.split('.')[2] ?? '', 'SDK-HMAC', 'Signature='],
]

const KEY: GatewayCredentials = {
  kind: 'ACCESS_KEY',
  accessKey: ACCESS_KEY,
  secretKey: SECRET_KEY,
  securityToken: SECURITY_TOKEN,
}

/** What a server can tell back of a call: all its headers and its body, each alone and together. */
function toldOf({ headers, body }: ReceivedCall): readonly string[] {
  const proof = [headers['authorization'], headers['x-auth-token'], headers['x-security-token']]
  const [, signature] = /Signature=(\w+)/.exec(headers.authorization ?? '') ?? []
  const password = body.includes('planted-0004') ? PASSWORD : undefined
  const access = headers.authorization === undefined ? undefined : ACCESS_KEY
  return [JSON.stringify(headers), body, ...proof, signature, password, access].filter(
    (text): text is string => typeof text === 'string' && text !== '',
  )
}

/** Every place of an answer that the gateway reads. */
const PLACES: readonly ((told: string) => PlannedAnswer)[] = [
  (told) => ({ body: { error_code: 'APIG.2000', error_msg: `bad value ${told}` } }),
  (told) => ({ body: { error_code: told, error_msg: 'x' } }),
  (told) => ({ body: { error: { code: told, message: told, title: told } } }),
  (told) => ({ body: { code: told, message: `parameter name:${told}` } }),
  (told) => ({ body: { details: [{ error_code: 'APIG.2011', error_msg: told }], request_id: told } }),
  (told) => ({ body: told }),
  (told) => ({ body: {}, headers: { 'x-request-id': headerText(told), 'retry-after': headerText(told) } }),
]
const headerText = (told: string): string => told.replaceAll(/[^\x21-\x7e]/g, '')

const STATUSES = [200, 400, 401, 403, 404, 500, 503]

const OPERATIONS = [
  [SHOW, PAYMENTS],
  [CREATE, { name: 'made' }],
  [LIST, {}],
  [PROJECT_LIST, {}],
  [
    'mutation { upsertProjectVpcChannels(input: { instanceIds: ["i"], name: "made", port: 80 }) { status } }',
    {},
  ],
] as const

interface Case {
  readonly own: (url: string) => GatewayCredentials
  readonly headers: Readonly<Record<string, string | null>>
  /** Whose answers tell: the login's, or those of all other calls. */
  readonly tells: 'LOGIN' | 'CALLS'
}

const user = (url: string): GatewayCredentials => ({
  kind: 'USER',
  user: { name: 'user', password: PASSWORD, domainName: 'domain' },
  endpoint: new URL(url),
})
const withKey = { 'x-auth-token': null, 'x-api-key': API_KEY }
const withWebToken = { 'x-auth-token': null, authorization: `Bearer ${WEB_TOKEN}` }

const CASES: readonly (readonly [string, Case])[] = [
  ['calls signed by the gateway', { own: () => KEY, headers: withKey, tells: 'CALLS' }],
  ['calls signed for a web token', { own: () => KEY, headers: withWebToken, tells: 'CALLS' }],
  ['calls with a token of the gateway’s', { own: user, headers: withKey, tells: 'CALLS' }],
  ['logins', { own: user, headers: withKey, tells: 'LOGIN' }],
  [
    'calls with a token of the caller’s',
    { own: user, headers: { ...withKey, 'x-auth-token': CALLER_TOKEN }, tells: 'CALLS' },
  ],
]

describe('an upstream that tells back what it was sent tells it to nobody', () => {
  test.each(CASES)('%s', async (_name, { own, headers, tells }) => {
    let answer: (told: string) => PlannedAnswer
    let status = 0
    let nth = 0
    let echoed = ''
    await using issuer = await startUpstream({
      body: { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] },
    })
    await using upstream = await startUpstream((call) => {
      const isLogin = call.path.startsWith(LOGIN.path)
      if (isLogin && tells === 'CALLS') {
        return {
          status: 201,
          headers: { 'x-subject-token': IAM_TOKEN },
          body: { token: { expires_at: '2099-01-01T00:00:00Z' } },
        }
      }
      const told = toldOf(call)
      const one = told[nth % told.length] ?? ''
      echoed += one
      return { status, ...answer(one) }
    })
    await using gateway = await startGateway({
      upstream: upstream.url,
      gatewayCredentials: own(upstream.url),
      apiKeys: [{ name: 'billing', key: API_KEY }],
      webTokens: { jwks: new URL(issuer.url), issuer: 'issuer', audience: 'audience' },
      // Refused logins, outages and tokens are forgotten at once: each answer is had.
      limits: { loginPauseMs: 0, fewestCalls: 1_000_000, retryWaitMs: 0 },
    })
    const answers: string[] = []
    for (const [index, place] of PLACES.entries()) {
      for (const [other, one] of STATUSES.entries()) {
        answer = place
        status = one
        nth = index + other
        const [document, variables] = OPERATIONS[(index + other) % OPERATIONS.length] ?? OPERATIONS[0]
        const answered = await gateway.send<unknown, object>(document, variables, headers)
        if (answered.errors !== undefined) expectContract(answered)
        answers.push(answered.text, JSON.stringify([...answered.headers]))
      }
    }
    const ready = await (await fetch(gateway.url.replace('/graphql', '/ready'))).text()
    // That something was told back at all.
    expect(echoed).toMatch(/planted|PLANTED|0006abc|0007abc/)
    const shown = [...answers, ready, ...gateway.logged.map((line) => JSON.stringify(line))].join('\n')
    expect(shown.length).toBeGreaterThan(20_000)
    for (const secret of PLANTED) expect(shown).not.toContain(secret)
    for (const { headers: sent } of upstream.calls) {
      const [, signature] = /Signature=(\w+)/.exec(sent.authorization ?? '') ?? []
      if (signature !== undefined) expect(shown).not.toContain(signature)
    }
    expect(JSON.stringify(upstream.calls.map((call) => call.headers))).not.toContain(API_KEY)
    expect(JSON.stringify(upstream.calls)).not.toContain(WEB_TOKEN)
    expect(JSON.stringify(upstream.calls)).not.toContain(SECRET_KEY)
  })
})

test('callers that are turned away leave nothing behind', async () => {
  await using upstream = await startUpstream({})
  await using gateway = await startGateway({
    upstream: upstream.url,
    gatewayCredentials: KEY,
    apiKeys: [{ name: 'billing', key: 'another-key-entirely' }],
    webTokens: { jwks: new URL(`${upstream.url}/jwks`), issuer: 'issuer', audience: 'audience' },
  })
  const answers: string[] = []
  for (const headers of [
    { 'x-api-key': API_KEY },
    { authorization: `Bearer ${WEB_TOKEN}` },
    { authorization: `Bearer ${PASSWORD.replaceAll(/[^a-z0-9-]/g, '')}` },
    { 'x-auth-token': `${CALLER_TOKEN} and more` },
    { 'x-auth-token': CALLER_TOKEN },
  ]) {
    const answered = await gateway.send<unknown, object>(SHOW, PAYMENTS, { 'x-auth-token': null, ...headers })
    answers.push(answered.text, JSON.stringify([...answered.headers]))
  }
  expect(gateway.logged.length).toBeGreaterThan(0)
  const shown = answers.join('\n') + JSON.stringify(gateway.logged)
  for (const secret of PLANTED) expect(shown).not.toContain(secret)
})

test('a password that IAM tells back as a code is told to nobody', async () => {
  const password = 'planted-0008_word'
  await using upstream = await startUpstream({
    status: 401,
    body: { error: { code: password, message: `wrong: ${password}` } },
  })
  await using gateway = await startGateway({
    upstream: upstream.url,
    gatewayCredentials: {
      kind: 'USER',
      user: { name: 'user', password, domainName: 'domain' },
      endpoint: new URL(upstream.url),
    },
    apiKeys: [{ name: 'billing', key: API_KEY }],
    metrics: true,
  })
  const { errors, text } = await gateway.send<unknown, object>(SHOW, PAYMENTS, withKey)
  expect(errors?.[0]?.extensions).toMatchObject({
    reason: 'GATEWAY_CREDENTIALS',
    upstream: { service: 'IAM' },
  })
  for (const told of [text, JSON.stringify(gateway.logged), await gateway.scrape()]) {
    expect(told).not.toContain('planted-0008')
  }
})
