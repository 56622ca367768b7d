import { describe, expect, test } from 'vitest'
import { CREATE } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { type GatewayOptions, startGateway } from '../../support/start-gateway.ts'
import { type Answering, type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'
import { extensionsOf, NO_BREAKER } from './create-support.ts'

const QUERY = '{ vpcChannel(instanceId: "instance-1", id: "channel-1") { name } }'
const GOOD = { body: { id: 'channel-1', name: 'good' } }
const systemError = { error_code: 'APIG.9999', error_msg: 'System error' }

/** A gateway before an upstream that notes when each call came. */
async function startPair(answering: Answering | PlannedAnswer, limits: GatewayOptions['limits'] = {}) {
  const times: number[] = []
  const upstream = await startUpstream((call, raw) => {
    times.push(performance.now())
    return typeof answering === 'function' ? answering(call, raw) : answering
  })
  const gateway = await startGateway({ upstream: upstream.url, limits: { ...NO_BREAKER, ...limits } })
  return {
    times,
    calls: upstream.calls,
    read: (headers?: Readonly<Record<string, string>>) =>
      gateway.send<unknown, unknown>(QUERY, undefined, headers),
    create: () => gateway.send<unknown, unknown>(CREATE, { input: leastInput('APIG') }),
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

/** Fails a number of times, then does not. */
function failing(times: number, fail: Answering | PlannedAnswer): Answering {
  let calls = 0
  return (call, raw) => {
    calls += 1
    if (calls > times) return GOOD
    return typeof fail === 'function' ? fail(call, raw) : fail
  }
}

const reset: Answering = (_call, { response }) => {
  response.socket?.resetAndDestroy()
  return undefined
}

const PASSING: readonly (readonly [name: string, fail: Answering | PlannedAnswer])[] = [
  ['a reset', reset],
  ['500 APIG.9999', { status: 500, body: systemError }],
  ['502', { status: 502, body: '' }],
  ['503', { status: 503, body: '<html>' }],
  ['504', { status: 504, body: '' }],
  ['429', { status: 429, body: { error_code: 'APIG.0308', error_msg: 'slow down' } }],
  ['throttling under 500', { status: 500, body: { error_code: 'APIG.9008', error_msg: 'slow down' } }],
  ['HTML', { body: '<html>' }],
  ['JSON cut short', { body: '{"id":"channel-1","na' }],
]

describe('a read that failed for a passing reason is made again', () => {
  test.each(PASSING)('and again: %s', async (_name, fail) => {
    await using pair = await startPair(failing(2, fail))
    const { data, errors } = await pair.read()
    expect(errors).toBeUndefined()
    expect(data).toEqual({ vpcChannel: { name: 'good' } })
    expect(pair.calls).toHaveLength(3)
  })

  test.each(PASSING)('three times at the most: %s', async (_name, fail) => {
    await using pair = await startPair(fail)
    const answer = await pair.read()
    expect(answer.errors).toHaveLength(1)
    expect(extensionsOf(answer).retry.retryable).toBe(true)
    expect(pair.calls).toHaveLength(3)
  })

  test.each([
    [400, 'APIG.2012'],
    [400, 'APIG.7777'],
    [401, 'APIG.1002'],
    [403, 'APIG.1005'],
    [404, 'APIG.3030'],
    [404, 'APIG.3023'],
    [409, 'APIG.3718'],
    [412, 'APIG.3458'],
    [302, 'APIG.7777'],
  ])('but not for %i %s', async (status, code) => {
    await using pair = await startPair({ status, body: { error_code: code, error_msg: 'no' } })
    await pair.read()
    expect(pair.calls).toHaveLength(1)
  })

  test('with waits of its own where the cloud names none, at most 300 ms in all', async () => {
    await using pair = await startPair({ status: 503, body: '' })
    await pair.read()
    const [first = 0, , third = 0] = pair.times
    // 100 and 200 ms at the most, and what a busy machine adds.
    expect(third - first).toBeLessThan(1_000)
  })

  test('no sooner than `Retry-After`', async () => {
    await using pair = await startPair(failing(1, { status: 429, headers: { 'retry-after': '1' }, body: '' }))
    const { errors } = await pair.read()
    expect(errors).toBeUndefined()
    const [first = 0, second = 0] = pair.times
    expect(second - first).toBeGreaterThanOrEqual(990)
  })

  test('at once where `Retry-After` says 0', async () => {
    await using pair = await startPair({ status: 503, headers: { 'retry-after': '0' }, body: '' })
    await pair.read()
    expect(pair.calls).toHaveLength(3)
  })

  test('not where the deadline comes before `Retry-After`: it is told at once, and when to try again', async () => {
    const answering = { status: 503, headers: { 'retry-after': '600' }, body: '' }
    await using pair = await startPair(answering, { deadlineMs: 500_000 })
    const answer = await pair.read()
    expect(extensionsOf(answer).retry).toEqual({ retryable: true, afterMs: 600_000 })
    expect(pair.calls).toHaveLength(1)
  })

  test('not after the deadline', async () => {
    const held: Answering = (_call, { response }) => {
      setTimeout(() => response.writeHead(503).end(), 250)
      return undefined
    }
    await using pair = await startPair(held, { deadlineMs: 300 })
    const answer = await pair.read()
    expect(answer.errors).toHaveLength(1)
    // At most one more, begun while there was time.
    expect(pair.calls.length).toBeLessThanOrEqual(2)
  })
})

describe('where everything fails, repeating does not make it worse', () => {
  test('200 failing reads: one retry for ten of them, and ten in hand', async () => {
    await using pair = await startPair({ status: 503, headers: { 'retry-after': '0' }, body: '' })
    for (let read = 0; read < 200; read += 1) await pair.read()
    process.stdout.write(`reads: 200 failing reads, ${pair.calls.length} calls\n`)
    expect(pair.calls.length).toBeGreaterThan(200)
    expect(pair.calls.length).toBeLessThanOrEqual(200 + 200 * 0.1 + 10)
  })

  test('200 at once, of many callers', async () => {
    await using pair = await startPair(
      { status: 503, headers: { 'retry-after': '0' }, body: '' },
      { inFlight: 200, queue: 200 },
    )
    await Promise.all(Array.from({ length: 200 }, (_, index) => pair.read({ 'x-auth-token': `t-${index}` })))
    expect(pair.calls.length).toBeLessThanOrEqual(200 + 200 * 0.1 + 10)
  })

  test('with the breaker it is less still', async () => {
    await using pair = await startPair(
      { status: 503, headers: { 'retry-after': '0' }, body: '' },
      { fewestCalls: 20 },
    )
    for (let read = 0; read < 200; read += 1) await pair.read()
    expect(pair.calls).toHaveLength(20)
  })

  test('the budget comes back with reads that go well', async () => {
    let down = true
    await using pair = await startPair(() =>
      down ? { status: 503, headers: { 'retry-after': '0' }, body: '' } : GOOD,
    )
    for (let read = 0; read < 60; read += 1) await pair.read()
    down = false
    for (let read = 0; read < 30; read += 1) await pair.read()
    down = true
    const before = pair.calls.length
    await pair.read()
    expect(pair.calls.length - before).toBe(3)
  })
})

describe('a write is never repeated by the same hand', () => {
  test.each([
    ['throttling', { status: 429, headers: { 'retry-after': '0' }, body: '' }],
    ['throttling under 500', { status: 500, body: { error_code: 'APIG.9008', error_msg: 'slow down' } }],
    ['busy', { status: 409, body: { error_code: 'APIG.3718', error_msg: 'busy' } }],
  ])('however harmless that were: %s', async (_what, answer) => {
    await using pair = await startPair(answer)
    const answered = await pair.create()
    expect(extensionsOf(answered)).toMatchObject({ effect: 'NOT_APPLIED', retry: { retryable: true } })
    expect(pair.calls).toHaveLength(1)
  })

  test('one whose fate cannot be read is sent once, and looked for five times, each with three attempts', async () => {
    await using pair = await startPair({ status: 503, headers: { 'retry-after': '0' }, body: '' })
    const answered = await pair.create()
    expect(extensionsOf(answered)).toMatchObject({ effect: 'UNKNOWN', retry: { retryable: true } })
    expect(pair.calls.map(({ method }) => method)).toEqual(['POST', ...Array(15).fill('GET')])
  })
})

describe('time is limited', () => {
  const silent: Answering = () => undefined
  const stalled: Answering = (_call, { response }) => {
    response.writeHead(200, { 'content-type': 'application/json' }).write('{"id":')
    return undefined
  }
  const dripping: Answering = (_call, { response }) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const timer = setInterval(() => response.write(' '), 20)
    response.once('close', () => clearInterval(timer))
    return undefined
  }

  test.each([
    ['silence', silent],
    ['a body that stalls', stalled],
    ['a body that drips for ever', dripping],
  ])('the deadline of the operation covers %s', async (_what, answering) => {
    await using pair = await startPair(answering, { deadlineMs: 400 })
    const startedAt = performance.now()
    const answer = await pair.read()
    const tookMs = performance.now() - startedAt
    expect(extensionsOf(answer)).toMatchObject({ code: 'UPSTREAM_TIMEOUT', retry: { retryable: true } })
    expect(tookMs).toBeGreaterThan(350)
    expect(pair.calls).toHaveLength(1)
  })

  test.each([
    ['silence', silent, { headersMs: 100 }],
    ['a body that stalls', stalled, { bodyMs: 100 }],
    ['a body that drips for ever', dripping, { bodyMs: 100 }],
  ])('each call has its own limit, and is made again: %s', async (_what, answering, limits) => {
    await using pair = await startPair(failing(2, answering), limits)
    const { data } = await pair.read()
    expect(data).toEqual({ vpcChannel: { name: 'good' } })
    expect(pair.calls).toHaveLength(3)
  })

  test.each([
    ['silence', silent],
    ['a body that stalls', stalled],
    ['a body that drips for ever', dripping],
  ])('a write that has no time left for a look-up is UNKNOWN: %s', async (_what, answering) => {
    await using pair = await startPair(answering, { deadlineMs: 400 })
    const answer = await pair.create()
    expect(extensionsOf(answer)).toMatchObject({
      code: 'UPSTREAM_TIMEOUT',
      effect: 'UNKNOWN',
      retry: { retryable: true },
    })
    expect(pair.calls.map(({ method }) => method)).toEqual(['POST'])
  })
})
