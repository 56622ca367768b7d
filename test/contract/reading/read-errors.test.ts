import { describe, expect, test } from 'vitest'
import type { PlannedAnswer } from '../../support/start-upstream.ts'
import { startReading } from './channel-store.ts'

const READS = [
  ['vpcChannel', 'vpcChannel(instanceId: "i", id: "c") { name }', 'APIG', 'showVpcChannel'],
  [
    'vpcChannel as a whole',
    'vpcChannel(instanceId: "i", id: "c") { members { id } }',
    'APIG',
    'showVpcChannel',
  ],
  [
    'vpcChannel of ROMA Connect',
    'vpcChannel(product: ROMA_CONNECT, instanceId: "i", id: "c") { name }',
    'ROMA',
    'showVpcChannel',
  ],
  ['vpcChannels', 'vpcChannels(instanceId: "i") { nodes { id } }', 'APIG', 'listVpcChannels'],
  [
    'vpcChannels of ROMA Connect',
    'vpcChannels(product: ROMA_CONNECT, instanceId: "i") { nodes { id } }',
    'ROMA',
    'listVpcChannels',
  ],
  ['projectVpcChannels', 'projectVpcChannels { nodes { id } }', 'ROMA', 'listProjectVpcChannels'],
  [
    '_entities',
    '_entities(representations: [{__typename: "VpcChannel", product: "APIG", instanceId: "i", id: "c"}]) { __typename }',
    'APIG',
    'showVpcChannel',
  ],
] as const

const answer = (status: number, error_code: string): PlannedAnswer => ({
  status,
  body: { error_code, error_msg: 'The vendor’s words' },
})

const FAILURES: readonly (readonly [string, PlannedAnswer, object])[] = [
  [
    'a missing instance',
    answer(404, 'APIG.3030'),
    { code: 'NOT_FOUND', reason: 'INSTANCE_NOT_FOUND', retry: { retryable: false } },
  ],
  [
    'a token that has expired',
    answer(401, 'APIG.1001'),
    { code: 'UNAUTHENTICATED', reason: 'TOKEN_EXPIRED', retry: { retryable: false } },
  ],
  ['a missing permission', answer(403, 'APIG.1005'), { code: 'FORBIDDEN', retry: { retryable: false } }],
  ['a missing permission, as 401', answer(401, 'APIG.1005'), { code: 'FORBIDDEN' }],
  ['a missing permission, as 400', answer(400, 'APIG.1119'), { code: 'FORBIDDEN' }],
  ['throttling', answer(429, 'APIG.0308'), { code: 'RATE_LIMITED', retry: { retryable: true } }],
  ['throttling, as 500', answer(500, 'APIG.9008'), { code: 'RATE_LIMITED', retry: { retryable: true } }],
  ['a system error', answer(500, 'APIG.9999'), { code: 'UPSTREAM_ERROR', retry: { retryable: true } }],
  ['a backend without an answer', answer(504, 'APIG.0201'), { code: 'UPSTREAM_TIMEOUT' }],
  ['a backend that is gone', answer(502, 'APIG.0201'), { code: 'UPSTREAM_UNAVAILABLE' }],
  ['an error under 200', answer(200, 'APIG.1005'), { code: 'FORBIDDEN' }],
  ['JSON cut short', { body: '{"vpc_channels":[' }, { code: 'UPSTREAM_BAD_RESPONSE' }],
]

describe.each(READS)('%s tells', (_name, selection, service, operation) => {
  test.each(FAILURES)('%s', async (_what, planned, told) => {
    await using pair = await startReading({ instances: {}, instead: () => planned })
    const { errors } = await pair.send(`query Read { ${selection} }`)
    expect(errors).toHaveLength(1)
    const [error] = errors ?? []
    expect(error?.extensions).toMatchObject({ ...told, upstream: { service, operation } })
    expect(error?.extensions).not.toHaveProperty('effect')
    expect(error?.path?.[0]).toBe(selection.split('(')[0]?.split(' ')[0])
  })

  test('a caller without a token, and asks nothing', async () => {
    await using pair = await startReading({ instances: {} })
    const { errors } = await pair.send(`query Read { ${selection} }`, undefined, { 'x-auth-token': null })
    expect(errors?.map((error) => error.extensions.code)).toEqual(['UNAUTHENTICATED'])
    expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
    expect(pair.calls).toEqual([])
  })
})

test('one failing read leaves the others their data', async () => {
  await using pair = await startReading({
    instances: { 'apigw/apig-1': [{ id: 'c', name: 'channel' }] },
    instead: (call) => (call.path.includes('forbidden') ? answer(403, 'APIG.1005') : undefined),
  })
  const { status, data, errors } = await pair.send<unknown, unknown>(`query Two {
    good: vpcChannel(instanceId: "apig-1", id: "c") { name }
    bad: vpcChannel(instanceId: "forbidden", id: "c") { name }
    none: vpcChannel(instanceId: "apig-1", id: "d") { name }
  }`)
  expect(status).toBe(200)
  expect(data).toEqual({ good: { name: 'channel' }, bad: null, none: null })
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([[['bad'], 'FORBIDDEN']])
})

test('members that cannot be had leave their channel and the others as they are', async () => {
  await using pair = await startReading({
    instances: { 'apigw/apig-1': ['a', 'b', 'c'].map((id) => ({ id, name: id })) },
    instead: (call) => (call.path.endsWith('/b') ? answer(500, 'APIG.9999') : undefined),
  })
  const { data, errors } = await pair.send<unknown, unknown>(
    'query Members { vpcChannels(instanceId: "apig-1") { nodes { id members { id } } } }',
  )
  expect(data).toEqual({
    vpcChannels: {
      nodes: [
        { id: 'a', members: [{ id: 'member-of-a' }] },
        { id: 'b', members: null },
        { id: 'c', members: [{ id: 'member-of-c' }] },
      ],
    },
  })
  expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
    [['vpcChannels', 'nodes', 1, 'members'], 'UPSTREAM_ERROR'],
  ])
  expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
})

describe('a channel that is not there', () => {
  test.each([
    ['alone', 'a: vpcChannel(instanceId: "apig-1", id: "gone") { name }', { a: null }],
    ['as a whole', 'a: vpcChannel(instanceId: "apig-1", id: "gone") { members { id } }', { a: null }],
    [
      'among others',
      'a: vpcChannel(instanceId: "apig-1", id: "gone") { name } b: vpcChannel(instanceId: "apig-1", id: "here") { name }',
      { a: null, b: { name: 'here' } },
    ],
    [
      'among others as wholes',
      'a: vpcChannel(instanceId: "apig-1", id: "gone") { members { id } } b: vpcChannel(instanceId: "apig-1", id: "here") { name members { id } }',
      { a: null, b: { name: 'here', members: [{ id: 'member-of-here' }] } },
    ],
  ])('%s, is null without an error', async (_what, selection, expected) => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': [{ id: 'here', name: 'here' }] } })
    const { data, errors } = await pair.send<unknown, unknown>(`query Gone { ${selection} }`)
    expect(errors).toBeUndefined()
    expect(data).toEqual(expected)
  })

  test('of a missing instance is an error for each', async () => {
    await using pair = await startReading({ instances: {} })
    const { data, errors } = await pair.send<unknown, unknown>(`query Gone {
      a: vpcChannel(instanceId: "i", id: "a") { name }
      b: vpcChannel(instanceId: "i", id: "b") { name }
    }`)
    expect(data).toEqual({ a: null, b: null })
    expect(errors?.map(({ path, extensions }) => [path, extensions.reason])).toEqual([
      [['a'], 'INSTANCE_NOT_FOUND'],
      [['b'], 'INSTANCE_NOT_FOUND'],
    ])
  })
})
