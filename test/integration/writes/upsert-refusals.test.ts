import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/simulator/faults/fault.ts'
import { ROMA_FULL, ROMA_NAME_MODIFIABLE } from '../simulator/sandbox.ts'
import {
  crowd,
  INSTANCES,
  MICROSERVICE_REST,
  MISSING,
  ORDERS,
  ORDERS_REST,
  type Pair,
  SEEN_ORDERS,
  startPair,
} from './upsert-pair.ts'

const [ONE = '', TWO = '', THREE = ''] = INSTANCES

const NOT_THERE = 'FAILED NOT_FOUND INSTANCE_NOT_FOUND NOT_APPLIED'
const MODIFIABLE = 'FAILED FAILED_PRECONDITION NAME_MODIFIABLE NOT_APPLIED'
const FULL = 'FAILED QUOTA_EXCEEDED CHANNEL_QUOTA NOT_APPLIED'

describe('one instance that cannot take part', () => {
  test.each([
    ['is not there', MISSING, NOT_THERE],
    ['has vpc_name_modifiable on', ROMA_NAME_MODIFIABLE, MODIFIABLE],
    ['is at its quota', ROMA_FULL, FULL],
  ])('fails alone where it %s; the others are written, once', async (_, bad, told) => {
    await using pair = await startPair()
    await pair.have([TWO], { ...ORDERS_REST, port: 81 })
    const { data, errors } = await pair.upsert({ ...ORDERS, instanceIds: [ONE, bad, TWO] })
    expect(errors).toBeUndefined()
    expect(data?.upsertProjectVpcChannels.status).toBe('PARTIAL')
    const results = data?.upsertProjectVpcChannels.results ?? []
    expect(results.map(({ instanceId, outcome }) => [instanceId, outcome])).toEqual([
      [ONE, 'CREATED'],
      [bad, 'FAILED'],
      [TWO, 'UPDATED'],
    ])
    expect(results[1]).toMatchObject({ vpcChannel: null, error: { effect: 'NOT_APPLIED' } })
    expect(`FAILED ${results[1]?.error?.code} ${results[1]?.error?.reason} NOT_APPLIED`).toBe(told)
    expect(pair.puts).toEqual([
      [ONE, bad, TWO],
      [ONE, TWO],
    ])
    expect(await pair.seen()).toEqual(new Map([ONE, TWO].map((id) => [id, SEEN_ORDERS])))
  })

  test('keeps the type of its channel, and the result says so', async () => {
    await using pair = await startPair()
    await pair.have([TWO], MICROSERVICE_REST)
    const input = { ...ORDERS, port: 81, type: 'SERVER', instanceIds: [ONE, TWO] }
    const { data } = await pair.upsert(input)
    expect(data?.upsertProjectVpcChannels.results).toMatchObject([
      { instanceId: ONE, outcome: 'CREATED', ignored: [] },
      {
        instanceId: TWO,
        outcome: 'UPDATED',
        ignored: [{ path: 'type', before: 'MICROSERVICE', after: 'SERVER' }],
      },
    ])
    expect((await pair.seen()).get(TWO)).toMatchObject({ type: 3, port: 81 })
  })

  test('fails alone without a read of what was there before, too', async () => {
    await using pair = await startPair()
    const { data } = await pair.send<{ upsertProjectVpcChannels: { results: unknown } }>(
      `mutation ($input: UpsertProjectVpcChannelsInput!) {
        upsertProjectVpcChannels(input: $input) { results { instanceId error { code } } }
      }`,
      { input: { ...ORDERS, instanceIds: [MISSING, ONE] } },
    )
    expect(data?.upsertProjectVpcChannels.results).toEqual([
      { instanceId: MISSING, error: { code: 'NOT_FOUND' } },
      { instanceId: ONE, error: null },
    ])
  })

  test('at its quota that has the channel already is written like the others', async () => {
    await using pair = await startPair()
    const input = { ...ORDERS, name: 'only-one', instanceIds: [ONE, ROMA_FULL] }
    expect(await pair.outcomes(input)).toEqual(['CREATED', 'UPDATED'])
    expect(pair.puts).toHaveLength(1)
  })
})

describe('several instances that cannot take part', () => {
  test('each fail for their own reason, the rest is written once', async () => {
    await using pair = await startPair()
    const instanceIds = [MISSING, ONE, ROMA_FULL, ROMA_NAME_MODIFIABLE, TWO, 'nowhere']
    const outcomes = await pair.outcomes({ ...ORDERS, type: 'SERVER', instanceIds })
    expect(outcomes).toEqual([NOT_THERE, 'CREATED', FULL, MODIFIABLE, 'CREATED', NOT_THERE])
    expect(pair.puts.at(-1)).toEqual([ONE, TWO])
    expect(
      pair.sandbox.calls.filter(({ method, status }) => method === 'PUT' && status === 200),
    ).toHaveLength(1)
    const seen = await pair.seen()
    expect([...seen.keys()].sort()).toEqual([ONE, TWO].sort())
  })

  test('in each of four chunks at once are told apart from the good ones', async () => {
    // Each refusal is looked into for ten instances: more calls at once than the gateway sends for one caller.
    const { seed, ids } = crowd(40)
    const full = ids.filter((_, index) => index % 10 === 9)
    await using pair = await startPair({
      seed: {
        ...seed,
        instances: seed.instances.map((one) => (full.includes(one.id) ? { ...one, channelLimit: 0 } : one)),
      },
    })
    const outcomes = await pair.outcomes({ ...ORDERS, instanceIds: ids })
    expect(outcomes).toEqual(ids.map((id) => (full.includes(id) ? FULL : 'CREATED')))
    expect([...(await pair.seen()).keys()].sort()).toEqual(ids.filter((id) => !full.includes(id)).sort())
  })

  test('are told apart by a slow cloud too', async () => {
    const { seed, ids } = crowd(16)
    const full = ids.filter((_, index) => index % 4 === 3)
    await using pair = await startPair({
      seed: {
        ...seed,
        instances: seed.instances.map((one) => (full.includes(one.id) ? { ...one, channelLimit: 0 } : one)),
      },
      instancesPerCall: 4,
      limits: { queueMs: 40 },
    })
    pair.sandbox.failNext({ kind: 'delay', ms: 80 }, { match: { path: '/instances/' }, times: 100 })
    const outcomes = await pair.outcomes({ ...ORDERS, instanceIds: ids })
    expect(outcomes).toEqual(ids.map((id) => (full.includes(id) ? FULL : 'CREATED')))
  })

  test('and nobody else: the mutation fails as a whole, with the first one’s reason', async () => {
    await using pair = await startPair()
    const { data, errors } = await pair.upsert({ ...ORDERS, instanceIds: [ROMA_NAME_MODIFIABLE, MISSING] })
    expect(data).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'FAILED_PRECONDITION',
      reason: 'NAME_MODIFIABLE',
      effect: 'NOT_APPLIED',
      results: [
        {
          instanceId: ROMA_NAME_MODIFIABLE,
          outcome: 'FAILED',
          code: 'FAILED_PRECONDITION',
          reason: 'NAME_MODIFIABLE',
          effect: 'NOT_APPLIED',
          retry: { retryable: false },
        },
        {
          instanceId: MISSING,
          outcome: 'FAILED',
          code: 'NOT_FOUND',
          reason: 'INSTANCE_NOT_FOUND',
          effect: 'NOT_APPLIED',
          retry: { retryable: false },
        },
      ],
    })
    expect(await pair.seen()).toEqual(new Map())
  })
})

describe('a refusal of the whole chunk', () => {
  const answer = (status: number, error_code: string): Fault => ({
    kind: 'answer',
    status,
    body: { error_code, error_msg: 'no' },
  })

  test.each([
    ['401', { kind: '401-once' } as const, 'UNAUTHENTICATED TOKEN_INVALID NOT_APPLIED'],
    ['429', { kind: '429' } as const, 'RATE_LIMITED NOT_APPLIED'],
    ['500 that says 429', answer(500, 'APIG.9008'), 'RATE_LIMITED NOT_APPLIED'],
  ])('before anything was done is not looked into: %s', async (_, fault, told) => {
    await using pair = await startPair()
    pair.sandbox.failNext(fault, { match: { method: 'PUT' } })
    expect(await pair.outcomes({ ...ORDERS, instanceIds: [ONE, TWO, THREE] })).toEqual([told])
    expect(pair.calls.map(({ method }) => method)).toEqual(['GET', 'PUT'])
    expect(await pair.seen()).toEqual(new Map())
  })

  test.each([
    ['400', answer(400, 'APIG.2011'), 'BAD_USER_INPUT INVALID_VALUE NOT_APPLIED'],
    ['409', answer(409, 'APIG.3718'), 'UPSTREAM_ERROR BUSY NOT_APPLIED'],
  ])('is not split, and the instances are read before it is told: %s', async (_, fault, told) => {
    await using pair = await startPair()
    pair.sandbox.failNext(fault, { match: { method: 'PUT' } })
    expect(await pair.outcomes({ ...ORDERS, instanceIds: [ONE, TWO, THREE] })).toEqual([told])
    expect(pair.calls.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET', 'GET', 'GET', 'GET', 'GET'])
    expect(await pair.seen()).toEqual(new Map())
  })

  test.each([
    ['403', answer(403, 'APIG.1005'), 'FORBIDDEN NOT_APPLIED'],
    ['404', answer(404, 'APIG.3007'), 'NOT_FOUND NOT_APPLIED'],
    [
      'an API that is not there',
      answer(404, 'APIGW.0101'),
      'FAILED_PRECONDITION API_NOT_PUBLISHED NOT_APPLIED',
    ],
    ['412', answer(412, 'APIG.3458'), 'FAILED_PRECONDITION FEATURE_UNSUPPORTED NOT_APPLIED'],
    ['a quota', answer(403, 'APIG.3109'), 'QUOTA_EXCEEDED CHANNEL_QUOTA NOT_APPLIED'],
    ['a type', answer(403, 'APIG.3471'), 'FAILED_PRECONDITION CHANNEL_TYPE NOT_APPLIED'],
  ])('that no instance explains is not sent again: %s', async (_, fault, told) => {
    await using pair = await startPair()
    pair.sandbox.failNext(fault, { match: { method: 'PUT' } })
    expect(await pair.outcomes({ ...ORDERS, instanceIds: [ONE, TWO, THREE] })).toEqual([told])
    expect(pair.puts).toHaveLength(1)
    expect(await pair.seen()).toEqual(new Map())
  })

  test('leaves the other chunks alone', async () => {
    await using pair = await startPair({ instancesPerCall: 1 })
    pair.sandbox.failNext({ kind: '429' }, { match: { method: 'PUT' }, skip: 1 })
    const outcomes = await pair.outcomes({ ...ORDERS, instanceIds: [ONE, TWO, THREE] })
    expect(outcomes.toSorted()).toEqual(['CREATED', 'CREATED', 'FAILED RATE_LIMITED NOT_APPLIED'])
    expect(pair.puts).toHaveLength(3)
  })
})

describe('a refusal of one instance within the answer', () => {
  const refusesTwo = ({ sandbox }: Pair, error: object): void => {
    const written = { ...ORDERS_REST, instance_id: ONE, id: 'channel-1' }
    const body = { project_vpc_channels: [written, { instance_id: TWO, ...error }] }
    sandbox.failNext({ kind: 'answer', status: 200, body }, { match: { method: 'PUT' } })
  }

  test('is that instance’s alone', async () => {
    await using pair = await startPair()
    refusesTwo(pair, { error_code: 'APIG.3109', error_msg: 'full' })
    expect(await pair.outcomes({ ...ORDERS, instanceIds: [ONE, TWO] })).toEqual(['CREATED', FULL])
    expect(pair.puts).toHaveLength(1)
  })

  test('that does not say what happened is looked at, and repeated once', async () => {
    await using pair = await startPair()
    refusesTwo(pair, { error_code: 'APIG.9999', error_msg: 'System error' })
    expect(await pair.outcomes({ ...ORDERS, instanceIds: [ONE, TWO] })).toEqual(['CREATED', 'CREATED'])
    expect(pair.puts).toEqual([[ONE, TWO], [TWO]])
  })
})
