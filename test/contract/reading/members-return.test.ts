import { describe, expect, test } from 'vitest'
import { channels, queryOf, startReading } from './channel-store.ts'

const STORE = { instances: { 'apic/roma-1': channels(2, 'a'), 'apic/roma-2': channels(1, 'b') } }

const project = (selection: string): string => `projectVpcChannels { ${selection} }`

describe('the project list is asked for members and health checks', () => {
  test.each([
    ['members of nodes', project('nodes { members { id } }')],
    ['the health check of nodes', project('nodes { healthCheck { id } }')],
    ['members of edges', project('edges { node { members { id } } }')],
    ['members under an alias', project('nodes { servers: members { id } }')],
    ['members of aliased nodes', project('all: nodes { members { id } }')],
    ['members of aliased edges', project('e: edges { n: node { m: members { id } } }')],
    ['members of a second selection of nodes', project('nodes { id } nodes { members { id } }')],
    [
      'members of a second selection under another alias',
      project('nodes { id } more: nodes { members { id } }'),
    ],
    [
      'members in a second field of the same name',
      `${project('totalCount')} ${project('nodes { members { id } }')}`,
    ],
    ['members in an inline fragment', project('nodes { ... { members { id } } }')],
    [
      'members in an inline fragment with its type',
      project('nodes { ... on VpcChannel { members { id } } }'),
    ],
    [
      'members in a fragment',
      `${project('nodes { ...Members }')} } fragment Members on VpcChannel { members { id }`,
    ],
    [
      'members in a fragment of a fragment of the connection',
      `${project('...Page')} }
       fragment Page on VpcChannelConnection { edges { ...Edge } }
       fragment Edge on VpcChannelEdge { node { ... on VpcChannel { ...Members } } }
       fragment Members on VpcChannel { members { id }`,
    ],
    ['members that are included', project('nodes { members @include(if: true) { id } }')],
    ['members that are not skipped', project('nodes { members @skip(if: false) { id } }')],
  ])('when %s are selected, with that one call', async (_what, selection) => {
    await using pair = await startReading(STORE)
    const { errors } = await pair.send(`query Project { ${selection} }`)
    expect(errors).toBeUndefined()
    expect(pair.calls.map(queryOf)).toEqual([{ offset: '0', limit: '20', members_return: 'true' }])
  })

  test.each([
    ['nothing of them is selected', project('nodes { id memberGroups { id } } edges { node { name } }')],
    ['an alias only looks like it', project('nodes { members: name healthCheck: port }')],
    [
      'they are selected elsewhere',
      `${project('nodes { id }')} other: vpcChannel(product: ROMA_CONNECT, instanceId: "roma-1", id: "a-0") { members { id } }`,
    ],
    ['members are skipped', project('nodes { id members @skip(if: true) { id } }')],
    ['members are not included', project('nodes { id members @include(if: false) { id } }')],
    ['they are left out by a variable', project('nodes { id members @include(if: $no) { id } }')],
    ['their fragment is skipped', project('nodes { id ... @skip(if: true) { healthCheck { id } } }')],
    ['nodes are skipped', project('totalCount nodes @skip(if: true) { members { id } }')],
  ])('never when %s', async (_what, selection) => {
    await using pair = await startReading(STORE)
    const variables = selection.includes('$no') ? '($no: Boolean! = false)' : ''
    const { errors } = await pair.send(`query Project${variables} { ${selection} }`)
    expect(errors).toBeUndefined()
    const lists = pair.calls.filter((call) => call.path.includes('?'))
    expect(lists.map(queryOf)).toEqual([{ offset: '0', limit: '20' }])
  })
})

describe('what came along is shown without asking again', () => {
  const SELECTION = 'nodes { id instanceId members { id vpcChannelId } healthCheck { id protocol } }'

  test('members and health checks', async () => {
    await using pair = await startReading(STORE)
    const { data } = await pair.send<unknown, unknown>(`query Project { ${project(SELECTION)} }`)
    const channel = (instanceId: string, id: string) => ({
      id,
      instanceId,
      members: [{ id: `member-of-${id}`, vpcChannelId: id }],
      healthCheck: { id: `check-of-${id}`, protocol: 'TCP' },
    })
    expect(data).toEqual({
      projectVpcChannels: {
        nodes: [channel('roma-1', 'a-0'), channel('roma-1', 'a-1'), channel('roma-2', 'b-0')],
      },
    })
    expect(pair.calls).toHaveLength(1)
  })

  test('an empty list of members', async () => {
    await using pair = await startReading({
      ...STORE,
      instead: () => ({
        body: {
          size: 1,
          total: 1,
          project_vpc_channels: [
            {
              id: 'a-0',
              name: 'a',
              instance_id: 'roma-1',
              members: [],
              vpc_health_config: { protocol: 'tcp' },
            },
          ],
        },
      }),
    })
    const { data } = await pair.send<unknown, unknown>(
      `query Project { ${project('nodes { members { id } }')} }`,
    )
    expect(data).toEqual({ projectVpcChannels: { nodes: [{ members: [] }] } })
    expect(pair.calls).toHaveLength(1)
  })

  test('no health check, where members came without one: a channel need not have any', async () => {
    const channel = { id: 'a-0', name: 'a', instance_id: 'roma-1', members: [{ id: 'm' }] }
    await using pair = await startReading({
      ...STORE,
      instead: (call) => ({
        body: call.path.includes('?') ? { size: 1, total: 1, project_vpc_channels: [channel] } : channel,
      }),
    })
    const { data } = await pair.send<unknown, unknown>(
      `query Project { ${project('nodes { members { id } healthCheck { id } }')} }`,
    )
    expect(data).toEqual({ projectVpcChannels: { nodes: [{ members: [{ id: 'm' }], healthCheck: null }] } })
    expect(pair.calls.map(queryOf)).toEqual([{ offset: '0', limit: '20', members_return: 'true' }])
  })

  test('but what did not come is asked of each channel’s instance', async () => {
    await using pair = await startReading({
      ...STORE,
      instead: (call) =>
        call.path.includes('members_return')
          ? {
              body: {
                size: 1,
                total: 1,
                project_vpc_channels: [{ id: 'b-0', name: 'b', instance_id: 'roma-2' }],
              },
            }
          : undefined,
    })
    const { data } = await pair.send<unknown, unknown>(
      `query Project { ${project('nodes { members { id } healthCheck { id } }')} }`,
    )
    expect(data).toEqual({
      projectVpcChannels: {
        nodes: [{ members: [{ id: 'member-of-b-0' }], healthCheck: { id: 'check-of-b-0' } }],
      },
    })
    expect(pair.requests.map((request) => request.split('/').slice(3).join('/'))).toEqual([
      'apic/vpc-channels',
      'apic/instances/roma-2/vpc-channels/b-0',
    ])
  })
})

test('an instance’s list is never asked for members: it has none', async () => {
  await using pair = await startReading(STORE)
  const { errors } = await pair.send(
    'query Instance { vpcChannels(product: ROMA_CONNECT, instanceId: "roma-1") { nodes { members { id } } } }',
  )
  expect(errors).toBeUndefined()
  expect(pair.calls.map(queryOf)).toEqual([{ offset: '0', limit: '20' }, {}, {}])
})
