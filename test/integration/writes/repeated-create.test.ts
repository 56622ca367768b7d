import { describe, expect, test } from 'vitest'
import type { Answer } from '../../support/start-gateway.ts'
import { type CreatePair, channelInput, extensionsOf, startCreatePair } from './create-support.ts'

const CREATE = `mutation ($input: CreateVpcChannelInput!, $acceptIdentical: Boolean! = false) {
  createVpcChannel(input: $input, acceptIdentical: $acceptIdentical) { outcome vpcChannel { id name } }
}`

interface Created {
  readonly createVpcChannel: { readonly outcome: string; readonly vpcChannel: { readonly id: string } }
}

const POST = { match: { method: 'POST' } }
const GET = { match: { method: 'GET' } }

function create(pair: CreatePair, input: object, acceptIdentical?: boolean): Promise<Answer<Created>> {
  return pair.gateway.send<Created, object>(
    CREATE,
    { input, acceptIdentical },
    { 'x-auth-token': pair.simulator.issueToken() },
  )
}

const ORDERS = channelInput('orders-1', { members: [{ host: '192.168.0.5' }] })

const auditOutcomes = (pair: CreatePair): unknown[] =>
  pair.gateway.audited
    .filter((line) => 'instances' in line)
    .map((line) => (line['instances'] as { outcome: string; effect: string }[])[0])
    .map((instance) => [instance?.outcome, instance?.effect])

describe('a creation', () => {
  test('that the cloud confirms is CREATED', async () => {
    await using pair = await startCreatePair()
    expect((await create(pair, ORDERS)).data?.createVpcChannel.outcome).toBe('CREATED')
    expect(auditOutcomes(pair)).toEqual([['CREATED', 'APPLIED']])
  })

  test('whose answer is lost is UNKNOWN where the channel is found as asked: another may have made it', async () => {
    await using pair = await startCreatePair()
    pair.simulator.failNext({ kind: 'reset-after-body' }, POST)
    const { data } = await create(pair, ORDERS)
    const [channel] = await pair.channelsNamed('orders-1')
    expect(data?.createVpcChannel).toMatchObject({ outcome: 'UNKNOWN', vpcChannel: { id: channel.id } })
    expect(auditOutcomes(pair)).toEqual([['UNKNOWN', 'UNKNOWN']])
  })

  test('that is sent a second time after the first stayed without effect is CREATED', async () => {
    await using pair = await startCreatePair()
    pair.simulator.failNext({ kind: 'reset-before-body' }, POST)
    expect((await create(pair, ORDERS)).data?.createVpcChannel.outcome).toBe('CREATED')
  })
})

describe('a client that repeats a creation with acceptIdentical', () => {
  test('gets the channel that is exactly as asked, UNCHANGED', async () => {
    await using pair = await startCreatePair()
    await create(pair, ORDERS)
    const { data, errors } = await create(pair, ORDERS, true)
    const [channel] = await pair.channelsNamed('orders-1')
    expect(errors).toBeUndefined()
    expect(data?.createVpcChannel).toMatchObject({ outcome: 'UNCHANGED', vpcChannel: { id: channel.id } })
    expect(auditOutcomes(pair).at(-1)).toEqual(['UNCHANGED', 'NOT_APPLIED'])
  })

  test('gets a CONFLICT with what differs, where the channel is another', async () => {
    await using pair = await startCreatePair()
    await create(pair, ORDERS)
    const [channel] = await pair.channelsNamed('orders-1')
    const answered = await create(pair, { ...ORDERS, port: 81 }, true)
    expect(extensionsOf(answered)).toMatchObject({
      code: 'CONFLICT',
      reason: 'CHANNEL_NAME_TAKEN',
      effect: 'NOT_APPLIED',
      retry: { retryable: false },
      existing: {
        id: channel.id,
        differences: expect.arrayContaining([{ path: 'port', wanted: 81, found: 80, certain: true }]),
      },
      validation: [{ path: ['input', 'name'], rule: 'CHANNEL_NAME_TAKEN', source: 'UPSTREAM' }],
    })
  })

  test('creates the channel where there is none', async () => {
    await using pair = await startCreatePair()
    expect((await create(pair, ORDERS, true)).data?.createVpcChannel.outcome).toBe('CREATED')
  })

  test('is asked to come back where the channel cannot be looked at', async () => {
    await using pair = await startCreatePair()
    await create(pair, ORDERS)
    pair.simulator.failNext(
      { kind: 'answer', status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } },
      { ...GET, times: 50 },
    )
    const answered = await create(pair, ORDERS, true)
    expect(extensionsOf(answered)).toMatchObject({
      code: 'CONFLICT',
      reason: 'CHANNEL_NAME_TAKEN',
      effect: 'NOT_APPLIED',
      retry: { retryable: true, afterMs: 40 },
    })
    expect(extensionsOf(answered)).not.toHaveProperty('existing')
  })

  test('after an error that says retryable never doubles the channel', async () => {
    await using pair = await startCreatePair()
    pair.simulator.failNext({ kind: 'reset-after-body' }, POST)
    pair.simulator.failNext({ kind: 'reset-before-body' }, { ...GET, times: 50 })
    const lost = extensionsOf(await create(pair, ORDERS))
    expect(lost).toMatchObject({ effect: 'UNKNOWN', retry: { retryable: true, afterMs: 40 } })
    pair.simulator.clearFaults()
    expect((await create(pair, ORDERS, true)).data?.createVpcChannel.outcome).toBe('UNCHANGED')
    expect(await pair.channelsNamed('orders-1')).toHaveLength(1)
  })
})

test('a name that is taken says by which channel, and in what it differs', async () => {
  await using pair = await startCreatePair()
  await create(pair, ORDERS)
  const [channel] = await pair.channelsNamed('orders-1')
  expect(extensionsOf(await create(pair, ORDERS))).toMatchObject({
    code: 'CONFLICT',
    reason: 'CHANNEL_NAME_TAKEN',
    existing: { id: channel.id, differences: [] },
    validation: [{ path: ['input', 'name'] }],
  })
})
