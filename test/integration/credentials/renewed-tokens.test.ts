import { afterEach, describe, expect, test, vi } from 'vitest'
import { startUpstream, type TestUpstream } from '../../support/start-upstream.ts'
import { startSandbox } from '../simulator/sandbox.ts'
import {
  CREATE,
  LIST,
  LOGIN,
  type OwnPair,
  PAYMENTS,
  SHOW,
  startHoldingIam,
  startOwn,
  userOf,
} from './start-own.ts'

afterEach(() => {
  vi.useRealTimers()
})

const HOUR_MS = 3_600_000
const tokensOf = (own: OwnPair) => own.calls().map(({ headers }) => headers['x-auth-token'])
const times = <Result>(count: number, make: (index: number) => Result): Result[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** The logins for a project; those before them, for none, prove the password. */
const loginsOf = ({ calls }: Pick<TestUpstream, 'calls'>) =>
  calls.filter(({ json }) => json.auth.scope !== undefined)

describe('a token before it expires', () => {
  test('is renewed once, in the background, while the old one still serves', async () => {
    vi.setSystemTime('2026-11-23T09:00:00Z')
    await using simulator = await startSandbox()
    await using iam = await startHoldingIam(() => simulator.issueToken())
    await using own = await startOwn((one) => userOf(one, iam.url), { simulator })
    iam.letGo()
    await own.send(SHOW, PAYMENTS)
    vi.setSystemTime(Date.now() + 22.9 * HOUR_MS)
    await own.send(SHOW, PAYMENTS)
    expect(loginsOf(iam)).toHaveLength(1)

    vi.setSystemTime(Date.now() + 0.2 * HOUR_MS)
    iam.hold()
    const meanwhile = await Promise.all(times(4, () => own.send(SHOW, PAYMENTS)))
    expect(meanwhile.map(({ errors }) => errors)).toEqual(times(4, () => undefined))
    const [old] = tokensOf(own)
    expect(tokensOf(own)).toEqual(times(6, () => old))

    iam.letGo()
    await expect
      .poll(async () => {
        await own.send(SHOW, PAYMENTS)
        return tokensOf(own).at(-1)
      })
      .not.toBe(old)
    expect(loginsOf(iam)).toHaveLength(2)
  })

  test('serves until its end where IAM is down, and IAM is asked once a minute', async () => {
    const start = Date.parse('2026-11-23T09:00:00Z')
    vi.setSystemTime(start)
    await using own = await startOwn(userOf)
    await own.send(SHOW, PAYMENTS)
    own.simulator.failNext({ kind: '500-after-write' }, { match: LOGIN, times: 100 })
    for (const [minutes, logins] of [
      [0, 2],
      [0.5, 2],
      [1.1, 3],
      [1.2, 3],
      [58, 4],
    ] as const) {
      vi.setSystemTime(start + 23 * HOUR_MS + (minutes + 0.1) * 60_000)
      for (let call = 0; call < 3; call += 1) {
        expect((await own.send(SHOW, PAYMENTS)).errors).toBeUndefined()
        // The login is not waited for: its answer comes some time between these calls.
        await expect.poll(() => own.proofs().every(({ status }) => status !== null)).toBe(true)
      }
      expect(own.proofs(), `after ${minutes} minutes`).toHaveLength(logins)
    }
    vi.setSystemTime(start + 24 * HOUR_MS + 1)
    const { errors } = await own.send(CREATE, { name: 'made' })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_ERROR',
      effect: 'NOT_APPLIED',
      retry: { retryable: true },
      upstream: { service: 'IAM', operation: 'createToken', status: 500, message: null },
    })
  })

  test('that IAM tells to be short-lived or over is not asked for anew with each call', async () => {
    await using simulator = await startSandbox()
    for (const expires of ['2000-01-01T00:00:00.000000Z', new Date(Date.now() + 2_000).toISOString()]) {
      await using iam = await startUpstream(() => ({
        status: 201,
        headers: { 'x-subject-token': simulator.issueToken() },
        body: { token: { expires_at: expires } },
      }))
      await using own = await startOwn((one) => userOf(one, iam.url), { simulator: await startSandbox() })
      for (let call = 0; call < 5; call += 1) await own.send(SHOW, PAYMENTS)
      // The token is another simulator's, so it is refused, renewed once, and refused again.
      expect(loginsOf(iam)).toHaveLength(2)
    }
  })
})

describe('a token that has died', () => {
  const REFUSED = { kind: '401-once' } as const
  const CHANNELS = { path: 'vpc-channels' } as const

  test('is renewed once for all who wait, and each call is sent again, once', async () => {
    let ahead = 0
    await using simulator = await startSandbox({ now: () => new Date(Date.now() + ahead) })
    await using own = await startOwn(userOf, { simulator })
    await own.send(SHOW, PAYMENTS)
    const [dead] = tokensOf(own)
    // The cloud's clock alone goes on, so the gateway takes its token for a good one.
    ahead = 24 * HOUR_MS
    const answers = await Promise.all([
      ...times(3, () => own.send(SHOW, PAYMENTS)),
      ...times(3, (index) => own.send(CREATE, { name: `made_${index}` })),
    ])
    expect(answers.map(({ errors }) => errors)).toEqual(times(6, () => undefined))
    expect(own.logins()).toHaveLength(2)
    const statusesOf = (isOfDead: boolean) =>
      own
        .calls()
        .filter(({ headers }) => (headers['x-auth-token'] === dead) === isOfDead)
        .map(({ status }) => status)
        .toSorted()
    expect(statusesOf(true)[0]).toBe(200)
    expect(new Set(statusesOf(true).slice(1))).toEqual(new Set([401]))
    expect(statusesOf(false)).toEqual([200, 200, 200, 201, 201, 201])
    const { data } = await own.send<{ vpcChannels: { nodes: { name: string }[] } }>(LIST, { name: 'made_' })
    expect(data?.vpcChannels.nodes.map(({ name }) => name).toSorted()).toEqual(['made_0', 'made_1', 'made_2'])
    expect(own.logins()).toHaveLength(2)
  })

  test('before a batch: it is sent again as it was', async () => {
    await using own = await startOwn(userOf)
    own.simulator.failNext(REFUSED, { match: { method: 'PUT' } })
    const { errors } = await own.send(`mutation { upsertProjectVpcChannels(input: {
      instanceIds: ["eea73cde015940908ae0117d67bf7330"], name: "orders", port: 8080, memberType: IP
    }) { status } }`)
    expect(errors).toBeUndefined()
    const [refused, repeated] = own.calls().filter(({ method }) => method === 'PUT')
    expect(repeated?.body).toEqual(refused?.body)
    expect(own.logins()).toHaveLength(2)
  })

  test('and whose successor is refused too: UNAUTHENTICATED by the gateway’s fault, and IAM is left alone', async () => {
    await using own = await startOwn(userOf)
    own.simulator.failNext(REFUSED, { times: 1_000, match: CHANNELS })
    const answers = await Promise.all(times(4, (index) => own.send(CREATE, { name: `made_${index}` })))
    for (let call = 0; call < 4; call += 1) answers.push(await own.send(CREATE, { name: 'later' }))
    for (const { errors } of answers) {
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'UNAUTHENTICATED',
        reason: 'GATEWAY_CREDENTIALS',
        effect: 'NOT_APPLIED',
        retry: { retryable: false },
        upstream: { service: 'APIG', status: 401, errorCode: 'APIG.1002' },
      })
    }
    expect(own.logins()).toHaveLength(2)
    const callsFor = (name: string) =>
      own.calls().filter(({ body }) => (body as { name?: string } | undefined)?.name === name).length
    for (let index = 0; index < 4; index += 1) expect(callsFor(`made_${index}`)).toBeLessThanOrEqual(2)
    expect(callsFor('later')).toBe(4)
  })

  test('time and again, though between its refusals it is taken: IAM is asked once a minute', async () => {
    vi.setSystemTime('2026-11-23T09:00:00Z')
    await using own = await startOwn(userOf)
    const refusedRead = async () => {
      expect((await own.send(SHOW, PAYMENTS)).errors).toBeUndefined()
      own.simulator.failNext(REFUSED, { match: CHANNELS })
      return (await own.send(SHOW, PAYMENTS)).errors?.[0]?.extensions.code
    }
    expect([await refusedRead(), await refusedRead(), await refusedRead()]).toEqual([
      undefined,
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
    ])
    expect(own.logins()).toHaveLength(2)
    vi.setSystemTime(Date.now() + 61_000)
    expect(await refusedRead()).toBeUndefined()
    expect(own.logins()).toHaveLength(3)
  })

  test.each([
    ['APIG.1005', 'FORBIDDEN', undefined],
    ['APIG.1011', 'FORBIDDEN', 'ACCOUNT_NOT_VERIFIED'],
    ['APIG.1012', 'FORBIDDEN', 'ACCOUNT_BALANCE'],
    ['APIG.1013', 'FORBIDDEN', 'ACCOUNT_FROZEN'],
  ])('is not what %s under 401 says: nothing is renewed', async (errorCode, code, reason) => {
    await using own = await startOwn(userOf)
    own.simulator.failNext(
      { kind: 'answer', status: 401, body: { error_code: errorCode, error_msg: 'x' } },
      { match: CHANNELS },
    )
    const { errors } = await own.send(CREATE, { name: 'made' })
    expect(errors?.[0]?.extensions).toMatchObject({ code, effect: 'NOT_APPLIED' })
    expect(errors?.[0]?.extensions.reason).toBe(reason)
    expect(own.logins()).toHaveLength(1)
    expect(own.calls()).toHaveLength(1)
  })

  test('and IAM down: nothing has happened, and the next request renews it', async () => {
    await using own = await startOwn(userOf)
    await own.send(SHOW, PAYMENTS)
    own.simulator.failNext(REFUSED, { times: 2, match: CHANNELS })
    own.simulator.failNext({ kind: 'html', status: 502 }, { match: LOGIN })
    const { errors } = await own.send(CREATE, { name: 'made' })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      effect: 'NOT_APPLIED',
      upstream: { service: 'IAM' },
    })
    expect((await own.send(CREATE, { name: 'made' })).errors).toBeUndefined()
    expect(own.calls().filter(({ status }) => status === 201)).toHaveLength(1)
  })
})
