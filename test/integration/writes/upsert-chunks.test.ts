import { describe, expect, test } from 'vitest'
import { startGateway } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { crowd, ORDERS, startPair, UPSERT, type UpsertData } from './upsert-pair.ts'

/** The sizes in which so many instances go, by hand. */
const TENS = {
  10: [10],
  11: [1, 10],
  20: [10, 10],
  25: [5, 10, 10],
  500: Array.from({ length: 50 }, () => 10),
} as const
const THREES = { 3: [3], 4: [1, 3], 11: [2, 3, 3, 3], 20: [2, 3, 3, 3, 3, 3, 3] } as const

const cases = [
  ...Object.entries(TENS).map(([count, sizes]) => [Number(count), 10, sizes] as const),
  ...Object.entries(THREES).map(([count, sizes]) => [Number(count), 3, sizes] as const),
]

describe('chunks', () => {
  test.each(cases)('%i instances, %i a call', async (count, instancesPerCall, sizes) => {
    // The simulator refuses a call that names more.
    const { seed, ids } = crowd(count, { instancesPerBatch: instancesPerCall })
    await using pair = await startPair({ seed, instancesPerCall })
    const { data, errors } = await pair.upsert({ ...ORDERS, instanceIds: ids })
    expect(errors).toBeUndefined()
    expect(data?.upsertProjectVpcChannels.status).toBe('SUCCEEDED')
    const results = data?.upsertProjectVpcChannels.results ?? []
    expect(results.map(({ instanceId, outcome }) => `${instanceId} ${outcome}`)).toEqual(
      ids.map((id) => `${id} CREATED`),
    )
    expect(pair.puts.map((put) => put.length).sort((one, other) => one - other)).toEqual(sizes)
    expect(pair.puts.flat().sort()).toEqual(ids.toSorted())
    expect(pair.calls.filter(({ method }) => method === 'GET')).toHaveLength(1)
    expect((await pair.seen()).size).toBe(Math.min(count, 500))
  })

  test('without an outcome to tell are PUTs and nothing else', async () => {
    const { seed, ids } = crowd(25)
    await using pair = await startPair({ seed })
    await pair.send(
      `mutation ($input: UpsertProjectVpcChannelsInput!) {
        upsertProjectVpcChannels(input: $input) { results { instanceId } }
      }`,
      { input: { ...ORDERS, instanceIds: ids } },
    )
    expect(pair.calls.map(({ method }) => method)).toEqual(['PUT', 'PUT', 'PUT'])
  })

  test('are under way four at once, and never more', async () => {
    let inFlight = 0
    let most = 0
    await using upstream = await startUpstream((call, { response }) => {
      if (call.method !== 'PUT') return { body: { total: 0, size: 0, project_vpc_channels: [] } }
      inFlight += 1
      most = Math.max(most, inFlight)
      setTimeout(() => {
        inFlight -= 1
        response.writeHead(200, { 'content-type': 'application/json' })
        response.end(JSON.stringify({ project_vpc_channels: channelsOf(call.json) }))
      }, 10)
      return undefined
    })
    await using gateway = await startGateway({ upstream: upstream.url })
    const ids = Array.from({ length: 200 }, (_, index) => `i-${index}`)
    const { data } = await gateway.send<UpsertData, object>(UPSERT, {
      input: { ...ORDERS, instanceIds: ids },
    })
    expect(data?.upsertProjectVpcChannels.results.map(({ instanceId }) => instanceId)).toEqual(ids)
    expect(upstream.calls.filter(({ method }) => method === 'PUT')).toHaveLength(20)
    expect(most).toBe(4)
  })

  test('of 501 instances are refused before anything is sent', async () => {
    await using pair = await startPair()
    const ids = Array.from({ length: 501 }, (_, index) => `i-${index}`)
    const { data, errors } = await pair.upsert({ ...ORDERS, instanceIds: ids })
    expect(data).toBeFalsy()
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      effect: 'NOT_APPLIED',
      validation: [
        { path: ['input', 'instanceIds'], rule: 'LIST_SIZE', params: { min: 1, max: 500, actual: 501 } },
      ],
    })
    expect(pair.calls).toEqual([])
  })

  test('an instance named twice is refused, with documented rules and without', async () => {
    for (const validation of ['pages', 'current', 'types'] as const) {
      await using pair = await startPair({ validation })
      const { errors } = await pair.upsert({ ...ORDERS, instanceIds: ['i-1', 'i-2', 'i-1'] })
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        validation: [{ path: ['input', 'instanceIds', 2], rule: 'UNIQUE' }],
      })
      expect(pair.calls).toEqual([])
    }
  })
})

// biome-ignore lint/suspicious/noExplicitAny: a REST body, word for word
const channelsOf = ({ instance_ids, ...channel }: any): object[] =>
  instance_ids.map((instance_id: string) => ({ ...channel, id: `of-${instance_id}`, instance_id }))

describe('some chunks failing', () => {
  test('is data: each instance has its own result', async () => {
    const { seed, ids } = crowd(30)
    await using pair = await startPair({ seed })
    pair.sandbox.failNext(
      { kind: 'answer', status: 400, body: { error_code: 'APIG.2000', error_msg: 'no' } },
      { match: { method: 'PUT' }, skip: 1 },
    )
    const { data, errors } = await pair.upsert({ ...ORDERS, instanceIds: ids })
    expect(errors).toBeUndefined()
    expect(data?.upsertProjectVpcChannels.status).toBe('PARTIAL')
    const results = data?.upsertProjectVpcChannels.results ?? []
    expect(results.map(({ instanceId }) => instanceId)).toEqual(ids)
    const failed = results.filter(({ outcome }) => outcome === 'FAILED').map(({ instanceId }) => instanceId)
    expect(failed).toEqual(pair.puts[1])
    const seen = await pair.seen()
    expect(ids.filter((id) => !seen.has(id))).toEqual(failed)
    for (const { outcome, vpcChannel, error } of results) {
      expect([vpcChannel === null, error?.effect]).toEqual(
        outcome === 'FAILED' ? [true, 'NOT_APPLIED'] : [false, undefined],
      )
    }
  })

  test('all of them fails the mutation: NOT_APPLIED where all are', async () => {
    const { seed, ids } = crowd(25)
    await using pair = await startPair({ seed })
    pair.sandbox.failNext({ kind: '429', retryAfter: 2 }, { match: { method: 'PUT' }, times: 3 })
    const { data, errors } = await pair.upsert({ ...ORDERS, instanceIds: ids })
    expect(data).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'RATE_LIMITED',
      effect: 'NOT_APPLIED',
      retry: { retryable: true, afterMs: 2000 },
    })
    expect(await pair.seen()).toEqual(new Map())
  })

  test.each([0, 1, 2])('UNKNOWN where one of them is: the chunk number %i', async (skip) => {
    const { seed, ids } = crowd(3)
    await using pair = await startPair({ seed, instancesPerCall: 1 })
    const match = { method: 'PUT' }
    pair.sandbox.failNext({ kind: 'reset-before-body' }, { match, skip })
    pair.sandbox.failNext({ kind: '429' }, { match, times: 3 })
    const { data, errors } = await pair.upsert({ ...ORDERS, instanceIds: ids })
    expect(data).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({ effect: 'UNKNOWN', retry: { retryable: false } })
    expect(await pair.seen()).toEqual(new Map())
  })
})
