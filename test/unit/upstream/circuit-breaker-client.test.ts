import { afterEach, describe, expect, test, vi } from 'vitest'
import { projectId } from '../../../src/lib/ids.ts'
import type { CallContext } from '../../../src/upstream/client/call-context.ts'
import { circuitBreakerClient } from '../../../src/upstream/client/circuit-breaker-client.ts'
import { DEFAULT_LIMITS, type Limits } from '../../../src/upstream/client/limits.ts'
import type { UpstreamRequest } from '../../../src/upstream/client/upstream-client.ts'
import type { UpstreamSuccess } from '../../../src/upstream/client/upstream-response.ts'
import { ResponseHeaders } from '../../../src/upstream/http/response-headers.ts'
import {
  NO_RESPONSE,
  UpstreamFailure,
  type UpstreamFailureKind,
} from '../../../src/upstream/upstream-failure.ts'

const CALL = { service: 'APIG', operation: 'anything' } as const
const REQUEST: UpstreamRequest = {
  operation: 'anything',
  projectId: projectId('p'),
  method: 'POST',
  path: '/',
}
const SUCCESS: UpstreamSuccess = {
  ...CALL,
  status: 200,
  requestId: null,
  headers: new ResponseHeaders({}),
  body: {},
  refusal: () => failure('REFUSED'),
}
const failure = (kind: UpstreamFailureKind, sent = true) => new UpstreamFailure(kind, CALL, { sent })
const refused = (status: number, errorCode: string | null = null) =>
  new UpstreamFailure('REFUSED', CALL, { sent: true, response: { ...NO_RESPONSE, status, errorCode } })

const contextOf = (caller: string): CallContext => ({
  credentials: { kind: 'TOKEN', token: 'a token' },
  caller,
  language: 'en-us',
  deadline: performance.now() + 25_000,
  record: () => undefined,
})

/** A guarded client whose upstream does what the test says, call by call; `made` are the calls that reached it. */
function guarded(limits: Partial<Limits> = {}) {
  const made: { caller: string; end: (outcome?: Error) => void }[] = []
  let next: ((made: number) => Error | undefined) | undefined
  const client = circuitBreakerClient<CallContext>(
    {
      service: 'APIG',
      call: (_request, { caller }) =>
        new Promise((resolve, reject) => {
          const end = (outcome?: Error) => (outcome ? reject(outcome) : resolve(SUCCESS))
          made.push({ caller, end })
          if (next) end(next(made.length))
        }),
      close: async () => undefined,
    },
    { ...DEFAULT_LIMITS, ...limits },
  )
  const call = (token = 'caller') =>
    client.call(REQUEST, contextOf(token)).then(
      () => 'done',
      (error: UpstreamFailure) => (error.kind === 'REFUSED' ? String(error.response.status) : error.kind),
    )
  return {
    made,
    call,
    /** Milliseconds after which a refused call may be repeated. */
    pauseMs: () =>
      client.call(REQUEST, contextOf('caller')).then(
        () => null,
        (error: UpstreamFailure) => error.response.retryAfterMs,
      ),
    state: client.state,
    /** From now on calls end at once: as errors where `outcome` answers some. */
    ends: (outcome: (made: number) => Error | undefined) => {
      next = outcome
    },
    /** From now on calls stay in flight. */
    holds: () => {
      next = undefined
    },
    calls: async (count: number, token?: string) => {
      for (let index = 0; index < count; index += 1) await call(token)
    },
  }
}

afterEach(() => {
  vi.useRealTimers()
})

/** Everything that can go on without time passing. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the breaker', () => {
  test.each([
    ['UNREACHABLE', failure('UNREACHABLE', false)],
    ['DISCONNECTED', failure('DISCONNECTED')],
    ['TIMEOUT', failure('TIMEOUT')],
    ['502', refused(502)],
    ['503', refused(503)],
    ['504', refused(504)],
  ])('opens with the twentieth call of which half are outages: %s', async (_kind, outage) => {
    const upstream = guarded()
    upstream.ends((made) => (made % 2 === 0 ? outage : undefined))
    await upstream.calls(19)
    expect(upstream.state().breaker).toBe('closed')
    await upstream.calls(1)
    expect(upstream.state().breaker).toBe('open')
    expect(await upstream.call()).toBe('CIRCUIT_OPEN')
    expect(upstream.made).toHaveLength(20)
  })

  test.each([
    ['400', refused(400)],
    ['401', refused(401)],
    ['404', refused(404)],
    ['409', refused(409)],
    ['429', refused(429)],
    ['500 APIG.9999', refused(500, 'APIG.9999')],
    ['500', refused(500)],
    ['an answer that cannot be read', failure('UNREADABLE')],
    ['no time left to send', failure('TIMEOUT', false)],
    ['no endpoint', failure('NOT_CONFIGURED', false)],
  ])('stays closed over %s', async (_kind, error) => {
    const upstream = guarded()
    upstream.ends(() => error)
    await upstream.calls(200)
    expect(upstream.state().breaker).toBe('closed')
    expect(upstream.made).toHaveLength(200)
  })

  test('stays closed where less than half of the calls are outages, be the others refusals', async () => {
    const upstream = guarded()
    upstream.ends((made) => (made % 5 === 0 ? refused(503) : refused(404)))
    await upstream.calls(200)
    expect(upstream.state().breaker).toBe('closed')
  })

  test('forgets what is older than its ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
    const upstream = guarded()
    upstream.ends(() => refused(503))
    await upstream.calls(19)
    vi.setSystemTime(1_010_000)
    await upstream.calls(19)
    expect(upstream.state().breaker).toBe('closed')
    await upstream.calls(1)
    expect(upstream.state().breaker).toBe('open')
  })

  async function opened(limits: Partial<Limits> = {}) {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
    const upstream = guarded(limits)
    upstream.ends(() => refused(503))
    await upstream.calls(20)
    expect(upstream.state().breaker).toBe('open')
    return upstream
  }

  test('open lets nothing through until its time has come, then one call', async () => {
    const upstream = await opened()
    vi.setSystemTime(1_004_999)
    expect(await upstream.call()).toBe('CIRCUIT_OPEN')
    expect(upstream.made).toHaveLength(20)

    vi.setSystemTime(1_005_000)
    upstream.holds()
    const probe = upstream.call()
    await settled()
    expect(upstream.state().breaker).toBe('half-open')
    // The others do not wait for it.
    expect(await Promise.all([upstream.call(), upstream.call('another')])).toEqual([
      'CIRCUIT_OPEN',
      'CIRCUIT_OPEN',
    ])
    expect(upstream.made).toHaveLength(21)

    upstream.made.at(-1)?.end()
    expect(await probe).toBe('done')
    expect(upstream.state().breaker).toBe('closed')
    upstream.ends(() => undefined)
    expect(await upstream.call()).toBe('done')
  })

  test('open says how long it stays so; while a call is tried, as long as a whole pause', async () => {
    const upstream = await opened()
    expect(await upstream.pauseMs()).toBe(5_000)
    vi.setSystemTime(1_004_999)
    expect(await upstream.pauseMs()).toBe(1)
    vi.setSystemTime(1_005_000)
    upstream.holds()
    const probe = upstream.call()
    await settled()
    expect(await upstream.pauseMs()).toBe(5_000)
    upstream.made.at(-1)?.end()
    await probe
  })

  test('opens again where that call fails, for as long again', async () => {
    const upstream = await opened()
    vi.setSystemTime(1_005_000)
    expect(await upstream.call()).toBe('503')
    expect(upstream.state().breaker).toBe('open')
    expect(await upstream.call()).toBe('CIRCUIT_OPEN')
    vi.setSystemTime(1_009_999)
    expect(await upstream.call()).toBe('CIRCUIT_OPEN')
    vi.setSystemTime(1_010_000)
    expect(await upstream.call()).toBe('503')
    expect(upstream.made).toHaveLength(22)
  })

  test('closes where that call is refused: the service has answered', async () => {
    const upstream = await opened()
    vi.setSystemTime(1_005_000)
    upstream.ends(() => refused(404))
    expect(await upstream.call()).toBe('404')
    expect(upstream.state().breaker).toBe('closed')
  })

  test('starts its count anew once it has closed', async () => {
    const upstream = await opened()
    vi.setSystemTime(1_005_000)
    upstream.ends(() => undefined)
    await upstream.calls(1)
    upstream.ends(() => refused(503))
    await upstream.calls(18)
    expect(upstream.state().breaker).toBe('closed')
    await upstream.calls(1)
    expect(upstream.state().breaker).toBe('open')
  })

  test('does not close for a call that found no place', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: 1_000_000 })
    const upstream = guarded({ inFlightPerCaller: 32 })
    const held = Array.from({ length: 31 }, () => upstream.call())
    upstream.ends(() => failure('TIMEOUT'))
    await upstream.calls(20)
    expect(upstream.state()).toEqual({ breaker: 'open', inFlight: 31, queued: 0 })
    upstream.holds()
    await vi.advanceTimersByTimeAsync(5_000)
    // The last place is taken by the one that tries; the next is turned away at once.
    const probe = upstream.call()
    expect(await upstream.call()).toBe('CIRCUIT_OPEN')
    expect(upstream.state().breaker).toBe('half-open')
    upstream.made.at(-1)?.end(failure('TIMEOUT'))
    expect(await probe).toBe('TIMEOUT')
    expect(upstream.state().breaker).toBe('open')
    for (const { end } of upstream.made) end()
    await Promise.all(held)
  })

  test('does not close for a call whose wait for a place was too long', async () => {
    vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'], now: 1_000_000 })
    const upstream = guarded({ inFlight: 1, fewestCalls: 1 })
    const held = upstream.call()
    const second = upstream.call()
    upstream.made[0]?.end(failure('TIMEOUT'))
    await held
    await second
    expect(upstream.state().breaker).toBe('open')
    await vi.advanceTimersByTimeAsync(5_000)
    upstream.holds()
    const probe = upstream.call('a')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(upstream.state().breaker).toBe('half-open')
    expect(await upstream.call('b')).toBe('CIRCUIT_OPEN')
    expect(upstream.state().breaker).toBe('half-open')
    upstream.made.at(-1)?.end(failure('TIMEOUT'))
    await probe
    expect(upstream.state().breaker).toBe('open')
  })
})

describe('the bulkhead', () => {
  test('lets 32 calls through, of one caller 8; 64 wait, more are refused at once', async () => {
    const upstream = guarded()
    const answers = Array.from({ length: 10 }, (_, caller) =>
      Array.from({ length: 30 }, () => upstream.call(`caller-${caller}`)),
    ).flat()
    let refusedAtOnce = 0
    for (const answer of answers) answer.then((told) => (refusedAtOnce += told === 'OVERLOADED' ? 1 : 0))
    await settled()
    expect(upstream.state()).toEqual({ breaker: 'closed', inFlight: 32, queued: 64 })
    expect(refusedAtOnce).toBe(300 - 32 - 64)
    const byCaller = Map.groupBy(upstream.made, ({ caller }) => caller)
    expect([...byCaller.values()].map((calls) => calls.length)).toEqual([8, 8, 8, 8])

    for (let index = 0; index < upstream.made.length; index += 1) {
      upstream.made[index]?.end()
      await settled()
    }
    expect((await Promise.all(answers)).filter((told) => told === 'done')).toHaveLength(96)
    expect(upstream.state()).toEqual({ breaker: 'closed', inFlight: 0, queued: 0 })
  })

  test('one caller that takes all it may does not keep another from its own', async () => {
    const upstream = guarded()
    const greedy = Array.from({ length: 100 }, () => upstream.call('greedy'))
    await settled()
    expect(upstream.state()).toEqual({ breaker: 'closed', inFlight: 8, queued: 16 })
    const others = Array.from({ length: 24 }, (_, index) => upstream.call(`other-${index % 3}`))
    await settled()
    expect(upstream.made).toHaveLength(32)
    for (let index = 0; index < upstream.made.length; index += 1) {
      upstream.made[index]?.end()
      await settled()
    }
    expect(await Promise.all(others)).toEqual(Array(24).fill('done'))
    await Promise.all(greedy)
  })

  test.each([
    ['a success', undefined],
    ['a refusal', refused(400)],
    ['an outage', failure('DISCONNECTED')],
    ['a fault of our own', new Error('bug')],
  ])('gives the place back after %s', async (_what, outcome) => {
    const upstream = guarded({
      inFlight: 2,
      inFlightPerCaller: 2,
      queue: 200,
      queuePerCaller: 200,
      fewestCalls: 1_000,
    })
    const answers = Array.from({ length: 100 }, () => upstream.call())
    for (let index = 0; index < 100; index += 1) {
      expect(upstream.state().inFlight).toBe(Math.min(2, 100 - index))
      upstream.made[index]?.end(outcome)
      await settled()
    }
    await Promise.all(answers)
    expect(upstream.state()).toEqual({ breaker: 'closed', inFlight: 0, queued: 0 })
  })

  test('a call that has waited a second is told OVERLOADED, and never made after that', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const upstream = guarded({ inFlight: 1 })
    const held = upstream.call('a')
    const waiting = [upstream.call('a'), upstream.call('b'), upstream.call('c')]
    await vi.advanceTimersByTimeAsync(999)
    expect(upstream.state().queued).toBe(3)
    await vi.advanceTimersByTimeAsync(1)
    expect(await Promise.all(waiting)).toEqual(['OVERLOADED', 'OVERLOADED', 'OVERLOADED'])
    expect(upstream.state()).toEqual({ breaker: 'closed', inFlight: 1, queued: 0 })
    upstream.made[0]?.end()
    expect(await held).toBe('done')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(upstream.made).toHaveLength(1)
    expect(upstream.state()).toEqual({ breaker: 'closed', inFlight: 0, queued: 0 })
  })

  test('a call that was made is not told OVERLOADED, however long it takes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const upstream = guarded({ inFlight: 1 })
    const [first, second] = [upstream.call('a'), upstream.call('b')]
    await vi.advanceTimersByTimeAsync(999)
    upstream.made[0]?.end()
    await first
    await vi.advanceTimersByTimeAsync(20_000)
    expect(upstream.made).toHaveLength(2)
    upstream.made[1]?.end()
    expect(await second).toBe('done')
  })

  test('a caller never has more than its share, whatever ends while others wait', async () => {
    const upstream = guarded({ queue: 1_000, queuePerCaller: 1_000 })
    const answers = Array.from({ length: 200 }, () => upstream.call())
    let ended = 0
    while (ended < 200) {
      // All at once, and new ones in the same breath.
      const now = upstream.made.slice(ended)
      ended += now.length
      for (const { end } of now) end()
      if (ended < 150) answers.push(upstream.call())
      await settled()
      expect(upstream.made.length - ended).toBeLessThanOrEqual(8)
    }
    for (;;) {
      const now = upstream.made.slice(ended)
      if (now.length === 0) break
      ended += now.length
      for (const { end } of now) end()
      await settled()
    }
    expect((await Promise.all(answers)).every((told) => told === 'done')).toBe(true)
  })
})
