import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/simulator/faults/fault.ts'
import {
  crowd,
  INSTANCES,
  MISSING,
  ORDERS,
  ORDERS_REST,
  type Pair,
  SEEN_ORDERS,
  startPair,
} from './upsert-pair.ts'

const [ONE = '', TWO = '', THREE = ''] = INSTANCES
const ALL = { ...ORDERS, instanceIds: [ONE, TWO, THREE] }
const PUT = { method: 'PUT' }
/** What stays unclear is looked for all the settling time. */
const LOOKS = ['GET', 'GET', 'GET', 'GET', 'GET']
/** Long enough for any answer that comes at all. */
const QUICK = { headersMs: 300, bodyMs: 300 }

const answer = (status: number, error_code: string): Fault => ({
  kind: 'answer',
  status,
  body: { error_code, error_msg: 'no' },
})

/** ONE has no channel, TWO has another, THREE has the very one. */
async function startMixed(options: Parameters<typeof startPair>[0] = {}): Promise<Pair> {
  const pair = await startPair(options)
  await pair.have([TWO], { ...ORDERS_REST, port: 81 })
  await pair.have([THREE], ORDERS_REST)
  return pair
}

async function expectWritten(pair: Pair): Promise<void> {
  expect(await pair.seen()).toEqual(new Map([ONE, TWO, THREE].map((id) => [id, SEEN_ORDERS])))
}

/** Nothing was done, and the answer does not say so. */
const NOT_DONE: readonly Fault[] = [
  { kind: 'refuse' },
  { kind: 'reset-before-body' },
  { kind: 'reset-during-body' },
  { kind: 'html' },
  { kind: 'html', status: 500 },
  { kind: 'html', status: 503 },
  { kind: 'html', status: 504 },
  { kind: 'error-under-200' },
  answer(500, 'APIG.9999'),
  answer(500, 'APIG.3500'),
  answer(500, 'APIC.9100'),
  answer(502, 'APIG.0201'),
  answer(504, 'APIG.0201'),
  { kind: 'answer', status: 408, body: '' },
  { kind: 'answer', status: 200, body: { project_vpc_channels: {} } },
  { kind: 'answer', status: 200, body: '[]' },
]

/** It was done, and the answer does not say so. */
const DONE: readonly Fault[] = [
  { kind: 'reset-after-body' },
  { kind: 'cut-json' },
  { kind: 'empty' },
  { kind: 'garbage-2xx' },
  { kind: '500-after-write' },
]

/** Done too, and only time tells. */
const SLOWLY_DONE: readonly Fault[] = [
  { kind: 'stall-headers' },
  { kind: 'stall-body' },
  { kind: 'drip-body', everyMs: 100 },
]

describe('after an answer that does not say what happened', () => {
  test.each(NOT_DONE)('and nothing done, what is missing is sent once more: %o', async (fault) => {
    await using pair = await startMixed()
    pair.sandbox.failNext(fault, { match: PUT })
    expect(await pair.outcomes(ALL)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED'])
    expect(pair.calls.map(({ method }) => method)).toEqual(['GET', 'PUT', ...LOOKS, 'PUT'])
    expect(pair.puts[1]).toEqual([ONE, TWO])
    await expectWritten(pair)
  })

  test.each(DONE)('and all done, nothing is sent again: %o', async (fault) => {
    await using pair = await startMixed()
    pair.sandbox.failNext(fault, { match: PUT })
    expect(await pair.outcomes(ALL)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED'])
    expect(pair.calls.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET'])
    await expectWritten(pair)
  })

  test.each(SLOWLY_DONE)('that never ends, nothing is sent again: %o', async (fault) => {
    await using pair = await startMixed({ limits: QUICK })
    pair.sandbox.failNext(fault, { match: PUT })
    expect(await pair.outcomes(ALL)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED'])
    expect(pair.calls.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET'])
    await expectWritten(pair)
  })

  test('and half of it done, only the other half is sent again', async () => {
    await using pair = await startMixed()
    pair.sandbox.failNext({ kind: 'leave-out-one' }, { match: PUT })
    expect(await pair.outcomes({ ...ALL, instanceIds: [THREE, ONE, TWO] })).toEqual([
      'UNCHANGED',
      'CREATED',
      'UPDATED',
    ])
    expect(pair.puts).toEqual([[THREE, ONE, TWO], [TWO]])
    await expectWritten(pair)
  })

  test('half of it done by somebody else with the same in mind, only the other half is sent again', async () => {
    await using pair = await startPair()
    pair.sandbox.failNext({ kind: 'reset-before-body' }, { match: PUT })
    pair.sandbox.failNext({ kind: 'delay', ms: 50 }, { match: { method: 'GET' }, skip: 1 })
    const outcomes = pair.outcomes(ALL)
    await expect.poll(() => pair.calls, { interval: 2 }).toHaveLength(3)
    await pair.have([ONE, THREE], ORDERS_REST)
    expect(await outcomes).toEqual(['CREATED', 'CREATED', 'CREATED'])
    expect(pair.puts.at(-1)).toEqual([TWO])
  })

  test('without an outcome to tell, it is looked at all the same', async () => {
    await using pair = await startMixed()
    pair.sandbox.failNext({ kind: 'reset-after-body' }, { match: PUT })
    const { data, errors } = await pair.send(
      `mutation ($input: UpsertProjectVpcChannelsInput!) {
        upsertProjectVpcChannels(input: $input) { status results { instanceId error { code } } }
      }`,
      { input: ALL },
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      upsertProjectVpcChannels: {
        status: 'SUCCEEDED',
        results: ALL.instanceIds.map((instanceId) => ({ instanceId, error: null })),
      },
    })
    expect(pair.calls.map(({ method }) => method)).toEqual(['PUT', 'GET'])
  })

  test('each chunk is looked at by itself', async () => {
    const { seed, ids } = crowd(8)
    await using pair = await startPair({ seed, instancesPerCall: 2 })
    pair.sandbox.failNext({ kind: '500-after-write' }, { match: PUT })
    pair.sandbox.failNext(answer(500, 'APIG.9999'), { match: PUT, skip: 1 })
    pair.sandbox.failNext({ kind: 'leave-out-one' }, { match: PUT, skip: 2 })
    expect(await pair.outcomes({ ...ORDERS, instanceIds: ids })).toEqual(ids.map(() => 'CREATED'))
    expect(pair.puts.map((put) => put.length)).toEqual(expect.arrayContaining([2, 2, 2, 2, 2, 1]))
    expect(pair.puts).toHaveLength(6)
    expect((await pair.seen()).size).toBe(8)
  })
})

describe('twice no answer that says what happened', () => {
  test.each([
    answer(500, 'APIG.9999'),
    answer(500, 'APIG.3500'),
    { kind: 'error-under-200' },
    { kind: 'refuse' },
    { kind: 'reset-before-body' },
    { kind: 'reset-during-body' },
    { kind: 'html' },
    { kind: 'html', status: 504 },
    { kind: 'html', status: 500 },
  ] satisfies Fault[])('leave UNKNOWN what the last look does not find: %o', async (fault) => {
    await using pair = await startMixed()
    pair.sandbox.failNext(fault, { match: PUT, times: 2 })
    const { data } = await pair.upsert(ALL)
    const results = data?.upsertProjectVpcChannels.results ?? []
    expect(results.map(({ outcome, error }) => [outcome, error?.effect])).toEqual([
      ['UNKNOWN', 'UNKNOWN'],
      ['UNKNOWN', 'UNKNOWN'],
      ['UNCHANGED', undefined],
    ])
    expect(results[0]).toMatchObject({ vpcChannel: null, error: { retry: { retryable: false } } })
    expect(pair.calls.map(({ method }) => method)).toEqual(['GET', 'PUT', ...LOOKS, 'PUT', ...LOOKS])
  })

  test('but the second one done: found', async () => {
    await using pair = await startMixed()
    pair.sandbox.failNext({ kind: 'reset-before-body' }, { match: PUT })
    pair.sandbox.failNext({ kind: 'reset-after-body' }, { match: PUT, skip: 1 })
    expect(await pair.outcomes(ALL)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED'])
    expect(pair.puts).toHaveLength(2)
    await expectWritten(pair)
  })
})

describe('a look that fails too', () => {
  test.each([
    ['by the same trouble', { kind: 'reset-before-body' } as const],
    ['refused', answer(403, 'APIG.1005')],
    [
      'with a total and none of its items',
      { kind: 'answer', status: 200, body: { size: 0, total: 3, project_vpc_channels: [] } } as const,
    ],
    ['with something else than a list', { kind: 'answer', status: 200, body: {} } as const],
  ])('leaves it UNKNOWN: %s', async (_, fault) => {
    await using pair = await startMixed({ instancesPerCall: 2 })
    pair.sandbox.failNext({ kind: '500-after-write' }, { match: PUT })
    pair.sandbox.failNext(fault, { match: { method: 'GET' }, skip: 1, times: 50 })
    const told = 'UNKNOWN UPSTREAM_ERROR UNKNOWN'
    const outcomes = await pair.outcomes(ALL)
    const first = pair.puts[0] ?? []
    expect(outcomes).toEqual(first.includes(ONE) ? [told, told, 'UNCHANGED'] : ['CREATED', 'UPDATED', told])
    expect(pair.puts).toHaveLength(2)
  })

  test('leaves the whole mutation UNKNOWN where it is all there was', async () => {
    await using pair = await startPair()
    pair.sandbox.failNext({ kind: 'reset-after-body' }, { match: PUT })
    pair.sandbox.failNext(answer(403, 'APIG.1005'), { match: { method: 'GET' }, skip: 1, times: 50 })
    const { data, errors } = await pair.upsert(ALL)
    expect(data).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'CONNECTION_LOST',
      effect: 'UNKNOWN',
      retry: { retryable: false },
    })
    expect(pair.puts).toHaveLength(1)
  })
})

describe('a refusal after a request that the cloud may still be at work on', () => {
  test('is no word on that request', async () => {
    await using pair = await startPair()
    pair.sandbox.failNext({ kind: 'reset-before-body' }, { match: PUT })
    pair.sandbox.failNext({ kind: '429' }, { match: PUT, skip: 1 })
    expect(await pair.outcomes(ALL)).toEqual(['RATE_LIMITED UNKNOWN'])
  })

  test('neither after an error of the service’s own: its write may land later', async () => {
    await using pair = await startPair()
    pair.sandbox.failNext(answer(500, 'APIG.9999'), { match: PUT })
    pair.sandbox.failNext({ kind: '429' }, { match: PUT, skip: 1 })
    expect(await pair.outcomes(ALL)).toEqual(['RATE_LIMITED UNKNOWN'])
  })

  test('by one instance neither: the others are written', async () => {
    await using pair = await startPair()
    pair.sandbox.failNext({ kind: 'reset-before-body' }, { match: PUT })
    expect(await pair.outcomes({ ...ORDERS, instanceIds: [ONE, MISSING] })).toEqual([
      'CREATED',
      'UNKNOWN NOT_FOUND INSTANCE_NOT_FOUND UNKNOWN',
    ])
    expect(pair.puts.slice(1)).toEqual([[ONE, MISSING], [ONE]])
  })
})

describe('a write that comes late', () => {
  test.each([undefined, 202, 408, 500, 502, 503, 504])(
    'within the settling time is found, and nothing is sent again: %s',
    async (status) => {
      await using pair = await startMixed({ limits: { settlingMs: 400 } })
      pair.sandbox.failNext({ kind: 'late-write', ms: 30, ...(status && { status }) }, { match: PUT })
      expect(await pair.outcomes(ALL)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED'])
      expect(pair.puts).toEqual([[ONE, TWO, THREE]])
      await expectWritten(pair)
    },
  )

  test.concurrent.for([undefined, 202, 408, 500, 502, 503, 504])(
    'after it finds its channel written already: %s',
    async (status) => {
      await using pair = await startMixed({ limits: { settlingMs: 8 } })
      pair.sandbox.failNext({ kind: 'late-write', ms: 1_500, ...(status && { status }) }, { match: PUT })
      expect(await pair.outcomes(ALL)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED'])
      expect(pair.puts).toEqual([ALL.instanceIds, [ONE, TWO]])
      await pair.sandbox.settled()
      await expectWritten(pair)
    },
  )

  test.concurrent.for([undefined, 202, 408, 500, 502, 503, 504])(
    'was never told as FAILED: %s',
    async (status, { expect }) => {
      await using pair = await startPair({ limits: { settlingMs: 8 } })
      pair.sandbox.failNext({ kind: 'late-write', ms: 2_000, ...(status && { status }) }, { match: PUT })
      pair.sandbox.failNext({ kind: '429' }, { match: PUT, skip: 1 })
      expect(await pair.outcomes(ALL)).toEqual(['RATE_LIMITED UNKNOWN'])
      await expect.poll(async () => (await pair.seen()).size, { interval: 5 }).toBe(3)
    },
  )

  test('before the look is found by it', async () => {
    await using pair = await startMixed()
    pair.sandbox.failNext({ kind: 'late-write', ms: 1 }, { match: PUT })
    pair.sandbox.failNext({ kind: 'delay', ms: 40 }, { match: { method: 'GET' }, skip: 1 })
    expect(await pair.outcomes(ALL)).toEqual(['CREATED', 'UPDATED', 'UNCHANGED'])
    expect(pair.puts).toHaveLength(1)
  })
})

describe('groups that the input does not speak of', () => {
  const { memberGroups: _, members: __, ...WITHOUT_GROUPS } = ORDERS

  test('are not taken for removed where nothing was done', async () => {
    await using pair = await startPair()
    await pair.have([ONE], ORDERS_REST)
    pair.sandbox.failNext(answer(500, 'APIG.9999'), { match: PUT })
    expect(await pair.outcomes({ ...WITHOUT_GROUPS, instanceIds: [ONE] })).toEqual(['UPDATED'])
    expect(pair.puts).toHaveLength(2)
    expect((await pair.seen()).get(ONE)?.groups).toEqual([])
  })

  test('leave it UNKNOWN where that cannot be found out: nobody says whether the cloud keeps them', async () => {
    await using pair = await startPair()
    await pair.have([ONE], ORDERS_REST)
    pair.sandbox.failNext(answer(500, 'APIG.9999'), { match: PUT, times: 2 })
    expect(await pair.outcomes({ ...WITHOUT_GROUPS, instanceIds: [ONE] })).toEqual(['UPSTREAM_ERROR UNKNOWN'])
    expect(pair.puts).toHaveLength(2)
  })
})

describe('the deadline', () => {
  test('leaves chunks that were not begun NOT_ATTEMPTED, and those without an answer UNKNOWN', async () => {
    const { seed, ids } = crowd(8)
    await using pair = await startPair({ seed, instancesPerCall: 1, limits: { deadlineMs: 500 } })
    pair.sandbox.failNext({ kind: 'stall-headers' }, { match: PUT, skip: 1, times: 20 })
    const { data } = await pair.upsert({ ...ORDERS, instanceIds: ids })
    const results = data?.upsertProjectVpcChannels.results ?? []
    expect(results.map(({ instanceId }) => instanceId)).toEqual(ids)
    const outcomeOf = new Map(results.map(({ instanceId, ...rest }) => [instanceId, rest]))
    const [first = '', ...stalled] = pair.puts.flat()
    expect(outcomeOf.get(first)).toMatchObject({ outcome: 'CREATED', error: null })
    expect(stalled).toHaveLength(4)
    for (const id of stalled) {
      expect(outcomeOf.get(id)).toMatchObject({
        outcome: 'UNKNOWN',
        error: { code: 'UPSTREAM_TIMEOUT', effect: 'UNKNOWN', retry: { retryable: false } },
      })
    }
    const begun = new Set([first, ...stalled])
    const rest = ids.filter((id) => !begun.has(id))
    expect(rest).toHaveLength(3)
    for (const id of rest) {
      expect(outcomeOf.get(id)).toMatchObject({
        outcome: 'NOT_ATTEMPTED',
        vpcChannel: null,
        error: { code: 'UPSTREAM_TIMEOUT', reason: 'NOT_ATTEMPTED', effect: 'NOT_APPLIED' },
      })
    }
    const seen = await pair.seen()
    expect(rest.filter((id) => seen.has(id))).toEqual([])
  })

  test('before anything was sent refuses it all', async () => {
    await using pair = await startPair({ limits: { deadlineMs: 200 } })
    pair.sandbox.failNext({ kind: 'stall-headers' }, { match: { method: 'GET' } })
    const { data, errors } = await pair.upsert(ALL)
    expect(data).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_TIMEOUT', effect: 'NOT_APPLIED' })
    expect(pair.puts).toEqual([])
  })
})
