import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/simulator/faults/fault.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { startSandbox } from '../simulator/sandbox.ts'
import { CREATE, LOGIN, PAYMENTS, SHOW, startHoldingIam, startOwn, userOf } from './start-own.ts'

const TOKEN = 'MIIof-this-test'
const answer = (
  body: unknown,
  headers: Readonly<Record<string, string>> = { 'x-subject-token': TOKEN },
): Fault => ({
  kind: 'answer',
  status: 201,
  headers,
  body:
    typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : JSON.stringify(body),
})
const LATER = '2099-01-01T00:00:00.000000Z'

const BAD_ANSWER = { code: 'UPSTREAM_BAD_RESPONSE', reason: 'UNREADABLE_ANSWER' }
const LOST = { code: 'UPSTREAM_UNAVAILABLE', reason: 'CONNECTION_LOST' }

const FAULTS: readonly (readonly [name: string, fault: Fault, told: object])[] = [
  ['closes the connection', { kind: 'refuse' }, LOST],
  ['resets it', { kind: 'reset-after-body' }, LOST],
  ['says nothing', { kind: 'stall-headers' }, { code: 'UPSTREAM_TIMEOUT' }],
  ['stops in its answer', { kind: 'stall-body' }, { code: 'UPSTREAM_TIMEOUT' }],
  ['answers 500', { kind: '500-after-write' }, { code: 'UPSTREAM_ERROR' }],
  ['answers a proxy’s page', { kind: 'html', status: 502 }, { code: 'UPSTREAM_UNAVAILABLE' }],
  [
    'throttles',
    { kind: '429', retryAfter: 7 },
    { code: 'RATE_LIMITED', retry: { retryable: true, afterMs: 7_000 } },
  ],
  [
    'redirects',
    { kind: 'answer', status: 302, headers: { location: 'http://127.0.0.1:9/' } },
    { code: 'UPSTREAM_BAD_RESPONSE' },
  ],
  ['answers no JSON', { kind: 'garbage-2xx' }, BAD_ANSWER],
  ['answers half of its JSON', { kind: 'cut-json' }, BAD_ANSWER],
  ['answers no body', { kind: 'empty' }, BAD_ANSWER],
  ['answers an error under 200', { kind: 'error-under-200' }, { code: 'UPSTREAM_ERROR' }],
  ['answers no token', answer({ token: { expires_at: LATER } }, {}), BAD_ANSWER],
  [
    'answers a token with blanks',
    answer({ token: { expires_at: LATER } }, { 'x-subject-token': 'a b' }),
    BAD_ANSWER,
  ],
  ['answers no end', answer({ token: {} }), BAD_ANSWER],
  ['answers an end that is no time', answer({ token: { expires_at: 'soon' } }), BAD_ANSWER],
  ['answers null', answer(null), BAD_ANSWER],
  ['answers null for a token', answer({ token: null }), BAD_ANSWER],
  ['answers a list', answer([]), BAD_ANSWER],
  ['answers a text', answer('token'), BAD_ANSWER],
]

describe('where IAM', () => {
  test.each(FAULTS)(
    '%s, a write has not happened, nothing was sent, and the next request logs in',
    async (_name, fault, told) => {
      await using own = await startOwn(userOf, {
        limits: fault.kind.startsWith('stall') ? { headersMs: 400, bodyMs: 400 } : {},
      })
      own.simulator.failNext(fault, { match: LOGIN })
      const { errors } = await own.send(CREATE, { name: 'made' })
      expect(errors).toHaveLength(1)
      expect(errors?.[0]?.extensions).toMatchObject({
        effect: 'NOT_APPLIED',
        upstream: { service: 'IAM', operation: 'createToken', message: null },
        ...told,
      })
      expect(own.calls()).toEqual([])
      expect((await own.send(CREATE, { name: 'made' })).errors).toBeUndefined()
      expect([own.proofs().length, own.logins().length]).toEqual([2, 1])
      expect(own.calls().map(({ status }) => status)).toEqual([201])
    },
  )

  test('cannot be reached, nothing was sent, and callers with a token of their own are served', async () => {
    const gone = await startUpstream({})
    await gone[Symbol.asyncDispose]()
    await using own = await startOwn((simulator) => userOf(simulator, gone.url))
    const { errors } = await own.send(CREATE, { name: 'made' })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'NOT_CONNECTED',
      effect: 'NOT_APPLIED',
      retry: { retryable: true },
      upstream: { service: 'IAM' },
    })
    expect(own.calls()).toEqual([])
    const token = own.simulator.issueToken()
    expect((await own.send(SHOW, PAYMENTS, { 'x-auth-token': token })).errors).toBeUndefined()
  })

  test('fails, a read tries again by itself', async () => {
    await using own = await startOwn(userOf)
    own.simulator.failNext({ kind: 'reset-after-body' }, { match: LOGIN, times: 2 })
    expect((await own.send(SHOW, PAYMENTS)).errors).toBeUndefined()
    expect([own.proofs().length, own.logins().length]).toEqual([3, 1])
  })
})

describe('where IAM is slow', () => {
  test('callers with a token of their own are not held up', async () => {
    await using simulator = await startSandbox()
    await using iam = await startHoldingIam(() => simulator.issueToken())
    await using own = await startOwn((one) => userOf(one, iam.url), { simulator })
    const waiting = own.send(SHOW, PAYMENTS)
    await expect.poll(() => iam.calls.length).toBe(1)
    const { errors } = await own.send(SHOW, PAYMENTS, { 'x-auth-token': simulator.issueToken() })
    expect(errors).toBeUndefined()
    expect(own.calls()).toHaveLength(1)
    iam.letGo()
    expect((await waiting).errors).toBeUndefined()
  })

  test('who has no time left is told so, and the login goes on for those who have', async () => {
    await using simulator = await startSandbox()
    await using iam = await startHoldingIam(() => simulator.issueToken())
    await using own = await startOwn((one) => userOf(one, iam.url), {
      simulator,
      limits: { deadlineMs: 250 },
    })
    for (const name of ['late', 'late_too']) {
      const { errors } = await own.send(CREATE, { name })
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'UPSTREAM_TIMEOUT',
        effect: 'NOT_APPLIED',
        retry: { retryable: true },
        upstream: { service: 'IAM', operation: 'createToken', status: null },
      })
    }
    const inTime = own.send(CREATE, { name: 'in_time' })
    iam.letGo()
    expect((await inTime).errors).toBeUndefined()
    expect(iam.calls.map(({ json }) => json.auth.scope)).toEqual([undefined, expect.anything()])
    expect(own.calls().map(({ method, status }) => `${method} ${status}`)).toEqual(['POST 201'])
  })
})

test('IAM’s breaker is its own: it opens, the products’ do not', async () => {
  await using own = await startOwn(userOf, { limits: { fewestCalls: 5 } })
  own.simulator.failNext({ kind: 'html', status: 503 }, { match: LOGIN, times: 100 })
  for (let call = 0; call < 5; call += 1) await own.send(CREATE, { name: 'made' })
  const { errors } = await own.send(CREATE, { name: 'made' })
  expect(errors?.[0]?.extensions).toMatchObject({
    code: 'OVERLOADED',
    effect: 'NOT_APPLIED',
    retry: { retryable: true },
    upstream: { service: 'IAM' },
  })
  expect(own.proofs()).toHaveLength(5)
  expect(await own.ready()).toMatchObject({
    upstream: {
      IAM: { breaker: 'open', login: 'ok' },
      APIG: { breaker: 'closed' },
      ROMA: { breaker: 'closed' },
    },
  })
  const token = own.simulator.issueToken()
  expect((await own.send(SHOW, PAYMENTS, { 'x-auth-token': token })).errors).toBeUndefined()
})
