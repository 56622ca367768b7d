import { describe, expect, test } from 'vitest'
import {
  crowd,
  INSTANCES,
  ORDERS,
  ORDERS_REST,
  SEEN_ORDERS,
  startPair,
  type UpsertData,
} from './upsert-pair.ts'

const [ONE = '', TWO = '', THREE = '', FOUR = ''] = INSTANCES

/** An upsert that selects only this of its results. */
const selecting = (selection: string, rest = ''): string =>
  `mutation ($input: UpsertProjectVpcChannelsInput!) { upsertProjectVpcChannels(input: $input) ${selection} } ${rest}`

describe('outcomes', () => {
  test('tell per instance whether it was created, changed or the very same, in the order asked', async () => {
    await using pair = await startPair()
    await pair.have([TWO], ORDERS_REST)
    await pair.have([FOUR], { ...ORDERS_REST, port: 81 })
    const { data, errors } = await pair.upsert({ ...ORDERS, instanceIds: [FOUR, THREE, TWO, ONE] })
    expect(errors).toBeUndefined()
    const vpcChannel = { name: 'orders', port: 8080 }
    expect(data).toEqual({
      upsertProjectVpcChannels: {
        status: 'SUCCEEDED',
        results: [
          { instanceId: FOUR, outcome: 'UPDATED', vpcChannel, ignored: [], error: null },
          { instanceId: THREE, outcome: 'CREATED', vpcChannel, ignored: [], error: null },
          { instanceId: TWO, outcome: 'UNCHANGED', vpcChannel, ignored: [], error: null },
          { instanceId: ONE, outcome: 'CREATED', vpcChannel, ignored: [], error: null },
        ],
      },
    })
    expect(pair.calls.map(({ method }) => method)).toEqual(['GET', 'PUT'])
    expect(pair.puts).toEqual([[FOUR, THREE, TWO, ONE]])
    expect(await pair.seen()).toEqual(new Map([ONE, TWO, THREE, FOUR].map((id) => [id, SEEN_ORDERS])))
  })

  test('are read with one list of exactly that name, members included', async () => {
    await using pair = await startPair()
    await pair.have([ONE], { ...ORDERS_REST, name: 'orders-2' })
    expect(await pair.outcomes({ ...ORDERS, instanceIds: [ONE] })).toEqual(['CREATED'])
    expect(pair.calls[0]?.query).toMatchObject({
      name: 'orders',
      precise_search: 'name',
      members_return: 'true',
    })
  })

  test.each([
    ['by the outcome', selecting('{ results { outcome } }')],
    ['by an alias', selecting('{ all: results { what: outcome } }')],
    ['in a second selection of the same list', selecting('{ results { instanceId } results { outcome } }')],
    [
      'in fragments within fragments',
      selecting(
        '{ ...Payload }',
        `fragment Payload on UpsertProjectVpcChannelsPayload { results { ...Result } }
         fragment Result on UpsertProjectVpcChannelResult { instanceId ... on UpsertProjectVpcChannelResult { outcome } }`,
      ),
    ],
  ])('cost a read where they are asked for: %s', async (_, document) => {
    await using pair = await startPair()
    const { errors, text } = await pair.send(document, { input: { ...ORDERS, instanceIds: [ONE] } })
    expect(errors).toBeUndefined()
    expect(text).toContain('"CREATED"')
    expect(pair.calls.map(({ method }) => method)).toEqual(['GET', 'PUT'])
  })

  test.each([
    ['the status', '{ status }'],
    ['the type name', '{ __typename }'],
    ['the instances', '{ results { instanceId } }'],
    ['channels and errors', '{ results { instanceId vpcChannel { name port } error { code effect } } }'],
  ])('cost nothing where they are not: %s takes exactly one REST call', async (_, selection) => {
    await using pair = await startPair()
    await pair.have([ONE], ORDERS_REST)
    const { errors } = await pair.send(selecting(selection), {
      input: { ...ORDERS, instanceIds: INSTANCES.slice(0, 10) },
    })
    expect(errors).toBeUndefined()
    expect(pair.calls.map(({ method, body }) => [method, body])).toEqual([
      ['PUT', expect.objectContaining({ instance_ids: INSTANCES.slice(0, 10) })],
    ])
  })

  test('are told of the right one of two batches in one document', async () => {
    await using pair = await startPair({ documents: { writes: 2 } })
    await pair.have([ONE], ORDERS_REST)
    const { data } = await pair.send<Record<string, UpsertData['upsertProjectVpcChannels']>>(
      `mutation ($first: UpsertProjectVpcChannelsInput!, $second: UpsertProjectVpcChannelsInput!) {
        first: upsertProjectVpcChannels(input: $first) { results { instanceId outcome } }
        second: upsertProjectVpcChannels(input: $second) { results { instanceId outcome } }
      }`,
      {
        first: { ...ORDERS, port: 81, instanceIds: [ONE, TWO] },
        second: { ...ORDERS, instanceIds: [TWO, ONE] },
      },
    )
    expect(data?.['first']?.results.map(({ outcome }) => outcome)).toEqual(['UPDATED', 'CREATED'])
    expect(data?.['second']?.results.map(({ outcome }) => outcome)).toEqual(['UPDATED', 'UPDATED'])
  })
})

describe('the very same', () => {
  test.each([
    [
      'in another order',
      { ...ORDERS, members: ORDERS.members.toReversed(), memberGroups: ORDERS.memberGroups.toReversed() },
    ],
    ['with defaults spelt out', { ...ORDERS, balanceStrategy: 'WEIGHTED_ROUND_ROBIN', type: 'SERVER' }],
    ['without servers: ROMA Connect keeps them', { ...ORDERS, members: undefined }],
    ['with null for servers', { ...ORDERS, members: null }],
    ['with an empty list of servers: ROMA Connect keeps them too', { ...ORDERS, members: [] }],
    ['without a health check: it stays', { ...ORDERS, healthCheck: undefined }],
    [
      'with the port that servers inherit',
      {
        ...ORDERS,
        members: [{ ...ORDERS.members[0], port: 8080 }, ORDERS.members[1]],
      },
    ],
  ])('%s is UNCHANGED', async (_, wanted) => {
    await using pair = await startPair()
    await pair.have([ONE], ORDERS_REST)
    expect(await pair.outcomes({ ...wanted, instanceIds: [ONE] })).toEqual(['UNCHANGED'])
    expect(await pair.seen()).toEqual(new Map([[ONE, SEEN_ORDERS]]))
  })
})

describe('what is not the same', () => {
  test.each([
    [
      'another port',
      { ...ORDERS, port: 81, members: [] },
      { ...SEEN_ORDERS, port: 81, members: ['192.168.0.21:81 blue 5', SEEN_ORDERS.members[1]] },
    ],
    ['another way of balancing', { ...ORDERS, balanceStrategy: 'URI_HASH' }, { ...SEEN_ORDERS, strategy: 4 }],
    [
      'no groups: an empty list removes them',
      { ...ORDERS, memberGroups: [], members: [] },
      { ...SEEN_ORDERS, groups: [], members: ['192.168.0.21:8080  5', '192.168.0.22:9090  1'] },
    ],
    [
      'one group less',
      { ...ORDERS, memberGroups: [ORDERS.memberGroups[0]], members: [ORDERS.members[0]] },
      { ...SEEN_ORDERS, groups: ['blue 5 first'], members: ['192.168.0.21:8080 blue 5'] },
    ],
    [
      'another remark',
      { ...ORDERS, memberGroups: [{ ...ORDERS.memberGroups[0], remark: 'other' }, ORDERS.memberGroups[1]] },
      { ...SEEN_ORDERS, groups: ['blue 5 other', 'green 1 '] },
    ],
    [
      'one server less',
      { ...ORDERS, members: [ORDERS.members[1]] },
      { ...SEEN_ORDERS, members: [SEEN_ORDERS.members[1]] },
    ],
    [
      'a server of another port',
      { ...ORDERS, members: [{ ...ORDERS.members[0], port: 81 }, ORDERS.members[1]] },
      { ...SEEN_ORDERS, members: ['192.168.0.21:81 blue 5', SEEN_ORDERS.members[1]] },
    ],
    [
      'another health check',
      { ...ORDERS, healthCheck: { ...ORDERS.healthCheck, intervalSeconds: 20 } },
      { ...SEEN_ORDERS, health: 'tcp 20' },
    ],
  ])('%s is UPDATED', async (_, wanted, seen) => {
    await using pair = await startPair()
    await pair.have([ONE], ORDERS_REST)
    expect(await pair.outcomes({ ...wanted, instanceIds: [ONE] })).toEqual(['UPDATED'])
    expect(await pair.seen()).toEqual(new Map([[ONE, seen]]))
  })

  test('a channel without the servers that were asked for, and one with them, are told apart', async () => {
    await using pair = await startPair()
    await pair.have([ONE], { ...ORDERS_REST, members: [] })
    await pair.have([TWO], ORDERS_REST)
    const input = { ...ORDERS, instanceIds: [ONE, TWO] }
    expect(await pair.outcomes(input)).toEqual(['UPDATED', 'UNCHANGED'])
    expect(await pair.outcomes(input)).toEqual(['UNCHANGED', 'UNCHANGED'])
  })
})

describe('what was there', () => {
  test('is found in a project with more channels of the name than one list answers', async () => {
    const { seed, ids } = crowd(520, { have: true })
    await using pair = await startPair({ seed })
    const last = ids.slice(-15)
    expect(await pair.outcomes({ ...ORDERS, instanceIds: last })).toEqual(last.map(() => 'UNCHANGED'))
  })

  test('that cannot be read refuses the write before anything is sent', async () => {
    await using pair = await startPair()
    pair.sandbox.failNext({ kind: 'answer', status: 500, body: { error_code: 'APIG.9999' } }, { times: 3 })
    expect(await pair.outcomes({ ...ORDERS, instanceIds: [ONE, TWO] })).toEqual([
      'UPSTREAM_ERROR NOT_APPLIED',
    ])
    expect(pair.puts).toEqual([])
  })
})
