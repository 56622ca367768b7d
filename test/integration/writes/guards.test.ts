import type { ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { UPSERT } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { type GatewayOptions, startGateway } from '../../support/start-gateway.ts'
import { type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'
import { CREATE, channelInput, extensionsOf } from './create-support.ts'

const OVERLOADED = { code: 'OVERLOADED', effect: 'NOT_APPLIED', retry: { retryable: true } }
const DOWN: PlannedAnswer = { status: 503, headers: { 'retry-after': '60' }, body: '' }
const QUERY = '{ vpcChannel(instanceId: "instance-1", id: "channel-1") { name } }'

/** A gateway before an upstream that answers, or holds its answers back until it is told to let them go. */
async function startPair(limits: GatewayOptions['limits'] = {}) {
  const held: { readonly name: string; readonly token: string; readonly response: ServerResponse }[] = []
  let planned: PlannedAnswer | undefined = { status: 201, body: { id: 'channel-1', name: 'made' } }
  const upstream = await startUpstream((call, { response }) => {
    if (planned !== undefined) return planned
    held.push({ name: call.json?.name, token: String(call.headers['x-auth-token']), response })
    return undefined
  })
  const gateway = await startGateway({ upstream: upstream.url, limits })
  const letGo = () => {
    for (const { name, response } of held.splice(0)) {
      response
        .writeHead(201, { 'content-type': 'application/json' })
        .end(JSON.stringify({ id: `id-of-${name}`, name }))
    }
  }
  return {
    calls: upstream.calls,
    held,
    letGo,
    answers: (answer: PlannedAnswer | 'LATER') => {
      planned = answer === 'LATER' ? undefined : answer
    },
    create: (name: string, token = 'caller', instanceId = 'instance-1') =>
      gateway.send<unknown, object>(
        CREATE,
        { input: channelInput(name, { instanceId }) },
        { 'x-auth-token': token },
      ),
    /** The cloud accepts these callers' tokens. */
    accept: async (...tokens: readonly string[]) => {
      for (const token of tokens) await gateway.send(QUERY, {}, { 'x-auth-token': token })
    },
    send: gateway.send,
    ready: async () => (await fetch(gateway.url.replace('/graphql', '/ready'))).json(),
    async [Symbol.asyncDispose]() {
      letGo()
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

describe('the breaker', () => {
  test('open: a write is OVERLOADED, quickly, with nothing sent; it closes by one call that goes well', async () => {
    await using pair = await startPair({ halfOpenAfterMs: 300, queueMs: 500_000 })
    pair.answers(DOWN)
    for (let read = 0; read < 20; read += 1) await pair.send(QUERY)
    expect(pair.calls).toHaveLength(20)
    expect(await pair.ready()).toMatchObject({
      status: 'ready',
      upstream: { APIG: { breaker: 'open', inFlight: 0, queued: 0 }, ROMA: { breaker: 'closed' } },
    })

    const refused = await pair.create('refused')
    expect(extensionsOf(refused)).toMatchObject({ ...OVERLOADED, reason: 'UPSTREAM_FAILING' })
    expect(refused.errors?.[0]?.message).toBe(
      'The cloud is failing, so the gateway pauses its calls; try again later.',
    )
    const { afterMs } = extensionsOf(refused).retry
    expect(afterMs).toBeGreaterThan(0)
    expect(afterMs).toBeLessThanOrEqual(300)
    expect(pair.calls).toHaveLength(20)

    pair.answers('LATER')
    let asked = 0
    await expect
      .poll(() => {
        if (pair.held.length === 0) pair.create(`probe-${asked++}`)
        return pair.held.length
      })
      .toBe(1)
    expect(await pair.ready()).toMatchObject({ upstream: { APIG: { breaker: 'half-open' } } })
    const others = await Promise.all(['one', 'two', 'three'].map((name) => pair.create(name)))
    expect(others.map((answer) => extensionsOf(answer)?.code)).toEqual(Array(3).fill('OVERLOADED'))
    expect(pair.calls).toHaveLength(21)
    pair.letGo()
    await expect.poll(pair.ready).toMatchObject({ upstream: { APIG: { breaker: 'closed' } } })
    pair.answers({ status: 201, body: { id: 'channel-1', name: 'made' } })
    expect((await pair.create('made')).errors).toBeUndefined()
  })

  test('of one product says nothing of the other', async () => {
    await using pair = await startPair()
    pair.answers(DOWN)
    for (let read = 0; read < 20; read += 1) await pair.send(QUERY)
    const before = pair.calls.length
    const batch = await pair.send<unknown, unknown>(UPSERT, { input: leastInput('ROMA_CONNECT') })
    expect(extensionsOf(batch).code).toBe('UPSTREAM_UNAVAILABLE')
    expect(pair.calls.length).toBeGreaterThan(before)
  })

  test('what a caller may not do, and what the cloud stumbles over, does not open it', async () => {
    await using pair = await startPair()
    for (const [status, code] of [
      [400, 'APIG.2012'],
      [401, 'APIG.1002'],
      [403, 'APIG.1005'],
      [404, 'APIG.3030'],
      [429, 'APIG.0308'],
      [500, 'APIG.9999'],
    ] as const) {
      pair.answers({ status, headers: { 'retry-after': '60' }, body: { error_code: code, error_msg: 'no' } })
      for (let read = 0; read < 25; read += 1) await pair.send(QUERY)
    }
    expect(await pair.ready()).toMatchObject({ upstream: { APIG: { breaker: 'closed' } } })
    expect(pair.calls).toHaveLength(150)
  })

  test('that opens between a write and its look-up leaves it UNKNOWN', async () => {
    await using pair = await startPair({ fewestCalls: 1 })
    pair.answers(DOWN)
    expect(extensionsOf(await pair.create('lost'))).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      effect: 'UNKNOWN',
      retry: { retryable: true },
    })
    expect(pair.calls).toHaveLength(1)
  })
})

describe('tokens that the cloud has not accepted', () => {
  const LONG = { queueMs: 15_000 }
  const UNAUTHENTICATED: PlannedAnswer = {
    status: 401,
    body: { error_code: 'APIG.1002', error_msg: 'Invalid token' },
  }
  const invented = Array.from({ length: 100 }, (_, index) => `invented-${index}`)
  const heldOf = (pair: { readonly held: readonly { readonly token: string }[] }, beginning: string) =>
    pair.held.filter(({ token }) => token.startsWith(beginning)).length

  test.each<[string, PlannedAnswer | undefined]>([
    ['that were never sent before', undefined],
    ['that were refused', UNAUTHENTICATED],
    ['that were answered by something before the service', { status: 404, body: '<html>' }],
    ['that were throttled', { status: 429, body: { error_code: 'APIG.0308', error_msg: 'x' } }],
    ['that the cloud failed with', { status: 500, body: { error_code: 'APIG.9999', error_msg: 'x' } }],
    [
      'that a service says with 400 to be wrong',
      { status: 400, body: { error_code: 'ROMA.1002', error_msg: 'x' } },
    ],
  ])('%s: a hundred have the places of one caller, and a known one has his', async (_name, before) => {
    await using pair = await startPair(LONG)
    await pair.accept('known')
    if (before !== undefined) {
      pair.answers(before)
      await Promise.all(invented.slice(0, 20).map((token) => pair.send(QUERY, {}, { 'x-auth-token': token })))
    }
    pair.answers('LATER')
    const flood = invented.map((token) => pair.create(token, token))
    await expect.poll(pair.ready).toMatchObject({ upstream: { APIG: { inFlight: 8, queued: 16 } } })
    await expect.poll(() => heldOf(pair, 'invented')).toBe(8)
    const own = Array.from({ length: 8 }, (_, index) => pair.create(`own-${index}`, 'known'))
    await expect.poll(() => heldOf(pair, 'known')).toBe(8)
    pair.answers({ status: 201, body: { id: 'channel-1', name: 'made' } })
    pair.letGo()
    expect((await Promise.all(own)).flatMap(({ errors }) => errors ?? [])).toEqual([])
    const refused = (await Promise.all(flood)).filter(({ errors }) => errors !== undefined)
    expect(refused).toHaveLength(100 - 8 - 16)
    for (const answer of refused) expect(extensionsOf(answer)).toMatchObject(OVERLOADED)
  })

  test.each<[string, PlannedAnswer]>([
    ['with success', { status: 200, body: { id: 'c', name: 'n' } }],
    ['that there is nothing', { status: 404, body: { error_code: 'APIG.3030', error_msg: 'x' } }],
    ['that the user may not', { status: 403, body: { error_code: 'APIG.1005', error_msg: 'x' } }],
    ['under 401 that the user may not', { status: 401, body: { error_code: 'APIG.1011', error_msg: 'x' } }],
  ])('are known once it has answered %s, and no longer when it refuses them', async (_name, answer) => {
    await using pair = await startPair(LONG)
    pair.answers(answer)
    await pair.accept('one', 'other')
    pair.answers('LATER')
    const sent = ['one', 'other'].flatMap((token) =>
      Array.from({ length: 8 }, (_, index) => pair.create(`${token}-${index}`, token)),
    )
    await expect.poll(() => pair.held.length).toBe(16)
    pair.answers(UNAUTHENTICATED)
    pair.letGo()
    await Promise.all(sent)
    await pair.accept('one', 'other')
    pair.answers('LATER')
    const again = ['one', 'other'].flatMap((token) =>
      Array.from({ length: 8 }, (_, index) => pair.create(`${token}-${index}`, token)),
    )
    await expect.poll(pair.ready).toMatchObject({ upstream: { APIG: { inFlight: 8, queued: 8 } } })
    pair.answers({ status: 201, body: { id: 'channel-1', name: 'made' } })
    pair.letGo()
    await Promise.all(again)
  })
})

describe('the bulkhead', () => {
  const LONG = { queueMs: 15_000 }

  test('32 calls are in flight, of one caller 8', async () => {
    await using pair = await startPair(LONG)
    await pair.accept(...Array.from({ length: 6 }, (_, index) => `caller-${index}`))
    pair.answers('LATER')
    const answers = Array.from({ length: 60 }, (_, index) => pair.create(`c-${index}`, `caller-${index % 6}`))
    await expect.poll(pair.ready).toMatchObject({ upstream: { APIG: { inFlight: 32, queued: 28 } } })
    await expect.poll(() => pair.held.length).toBe(32)
    for (const calls of Map.groupBy(pair.held, ({ token }) => token).values()) {
      expect(calls.length).toBeLessThanOrEqual(8)
    }
    let most = 0
    let settled = false
    const all = Promise.all(answers).finally(() => {
      settled = true
    })
    while (!settled) {
      most = Math.max(most, pair.held.length)
      pair.letGo()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(most).toBeLessThanOrEqual(32)
    expect((await all).every(({ errors }) => errors === undefined)).toBe(true)
    expect(pair.calls).toHaveLength(6 + 60)
    expect(await pair.ready()).toMatchObject({ upstream: { APIG: { inFlight: 0, queued: 0 } } })
  })

  test('64 wait, of one caller 16; more are OVERLOADED at once, with nothing sent', async () => {
    await using pair = await startPair(LONG)
    const callers = Array.from({ length: 6 }, (_, index) => `caller-${index}`)
    await pair.accept(...callers)
    pair.answers('LATER')
    const refused: string[] = []
    const send = async (name: string, token: string) => {
      const answer = await pair.create(name, token)
      if (answer.errors) {
        expect(extensionsOf(answer)).toMatchObject(OVERLOADED)
        refused.push(token)
      }
      return answer
    }
    // Five callers would take 40 places and have 80 calls wait; the last one comes when nobody else may.
    const answers = callers
      .slice(0, 4)
      .flatMap((token) => Array.from({ length: 8 + 16 + 5 }, (_, index) => send(`${token}-${index}`, token)))
    await expect.poll(() => refused.length).toBe(20)
    expect(Map.groupBy(refused, (token) => token).size).toBe(4)
    expect(await pair.ready()).toMatchObject({ upstream: { APIG: { inFlight: 32, queued: 64 } } })
    expect(pair.held).toHaveLength(32)
    answers.push(send('too-late', 'caller-5'))
    await expect.poll(() => refused.at(-1)).toBe('caller-5')

    pair.letGo()
    pair.answers({ status: 201, body: { id: 'channel-1', name: 'made' } })
    pair.letGo()
    await expect.poll(() => pair.held.length).toBe(0)
    const told = await Promise.all(answers)
    expect(told.filter(({ errors }) => errors === undefined)).toHaveLength(96)
  })

  test('after its second a call that waits is OVERLOADED, and never made', async () => {
    await using pair = await startPair({ inFlight: 1 })
    pair.answers('LATER')
    const first = pair.create('first')
    await expect.poll(() => pair.held.length).toBe(1)
    const startedAt = performance.now()
    const second = await pair.create('second', 'another-caller')
    expect(extensionsOf(second)).toMatchObject(OVERLOADED)
    expect(performance.now() - startedAt).toBeGreaterThan(900)
    pair.letGo()
    expect((await first).errors).toBeUndefined()
    pair.answers({ status: 201, body: { id: 'channel-1', name: 'made' } })
    expect((await pair.create('third')).errors).toBeUndefined()
    expect(pair.calls.map(({ json }) => json.name)).toEqual(['first', 'third'])
  })

  test.each([
    ['refusals', { status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } }],
    ['outages', { status: 502, body: '' }],
    ['garbage', { status: 201, body: 'oops' }],
  ])('places come back after %s', async (_what, answer) => {
    await using pair = await startPair({ ...LONG, fewestCalls: 1_000 })
    pair.answers(answer)
    await Promise.all(Array.from({ length: 40 }, (_, index) => pair.create(`c-${index}`)))
    expect(await pair.ready()).toMatchObject({ upstream: { APIG: { inFlight: 0, queued: 0 } } })
    pair.answers('LATER')
    const answers = Array.from({ length: 8 }, (_, index) => pair.create(`d-${index}`))
    await expect.poll(() => pair.held.length).toBe(8)
    pair.letGo()
    expect((await Promise.all(answers)).every(({ errors }) => errors === undefined)).toBe(true)
  })

  test('and after time limits', async () => {
    await using pair = await startPair({ ...LONG, fewestCalls: 1_000, deadlineMs: 200 })
    pair.answers('LATER')
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => pair.create(`c-${index}`)))
    for (const answer of answers) expect(extensionsOf(answer).effect).toBe('UNKNOWN')
    expect(await pair.ready()).toMatchObject({ upstream: { APIG: { inFlight: 0, queued: 0 } } })
  })
})

describe('writes of one name', () => {
  test('go one after the other; the second finds the name taken', async () => {
    await using pair = await startPair({ queueMs: 15_000 })
    pair.answers('LATER')
    const same = Array.from({ length: 5 }, () => pair.create('same'))
    const others = ['one', 'two'].map((name) => pair.create(name))
    const elsewhere = pair.create('same', 'caller', 'instance-2')
    await expect.poll(() => pair.held.length).toBe(4)
    const inFlight = () => pair.held.map(({ name }) => name).toSorted()
    expect(inFlight()).toEqual(['one', 'same', 'same', 'two'])
    pair.letGo()
    for (let left = 4; left > 0; left -= 1) {
      await expect.poll(inFlight).toEqual(['same'])
      pair.letGo()
    }
    for (const answer of await Promise.all([...same, ...others, elsewhere])) {
      expect(answer.errors).toBeUndefined()
    }
  })

  test.each([
    ['a refusal', { status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } }],
    ['an outage', { status: 502, body: '' }],
    ['garbage', { status: 201, body: 'oops' }],
  ])('the next begins after %s of the one before', async (_what, answer) => {
    await using pair = await startPair({ fewestCalls: 1_000 })
    pair.answers(answer)
    expect((await pair.create('same')).errors).toHaveLength(1)
    pair.answers({ status: 201, body: { id: 'channel-1', name: 'same' } })
    expect((await pair.create('same')).errors).toBeUndefined()
  })

  test('one that has waited past its deadline is not sent', async () => {
    await using pair = await startPair({ deadlineMs: 500, fewestCalls: 1_000 })
    pair.answers('LATER')
    // All begin within some milliseconds, and the first holds the name until all are out of time.
    const answers = await Promise.all(Array.from({ length: 6 }, () => pair.create('same')))
    const effects = answers.map((answer) => extensionsOf(answer).effect)
    const notApplied = effects.filter((effect) => effect === 'NOT_APPLIED').length
    const unknown = effects.filter((effect) => effect === 'UNKNOWN').length
    expect(notApplied + unknown).toBe(6)
    expect(notApplied).toBeGreaterThan(0)
    // One with a millisecond left may be cut before it arrives; one that arrives is never told as not sent.
    expect(pair.calls.length).toBeLessThanOrEqual(unknown)
    expect(pair.calls.length).toBeGreaterThan(0)
  })
})
