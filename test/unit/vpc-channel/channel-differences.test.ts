import { describe, expect, test } from 'vitest'
import { channelDifferences, ignoredByUpdate } from '../../../src/vpc-channel/channel-differences.ts'
import { matchOf } from '../../../src/vpc-channel/comparison.ts'
import type { VpcChannelInput } from '../../../src/vpc-channel/vpc-channel-input.ts'
import { readVpcChannel } from '../../../src/vpc-channel/vpc-channel-response.ts'

const INPUT: VpcChannelInput = {
  name: 'orders',
  port: 8080,
  balanceStrategy: 'WEIGHTED_ROUND_ROBIN',
  memberType: 'IP',
  type: 'SERVER',
}

/** A channel as the cloud answers it, from the words of the REST pages. */
function shown(body: object = {}) {
  const rest = {
    id: '56a7d7358e1b42459c9d730d65b14e59',
    name: 'orders',
    port: 8080,
    balance_strategy: 1,
    member_type: 'ip',
    type: 2,
    member_groups: [],
    members: [],
    ...body,
  }
  const origin = { product: 'APIG', projectId: 'p', instanceId: 'i' } as const
  const channel = readVpcChannel(rest, origin, () => undefined)
  if (channel === null) throw new Error('not a channel')
  channel.members ??= null
  channel.healthCheck ??= null
  return channel
}

const compare = (input: Partial<VpcChannelInput>, body: object, kind: 'CREATE' | 'UPDATE' = 'CREATE') => {
  const differences = channelDifferences({ ...INPUT, ...input }, shown(body), kind)
  return { match: matchOf(differences), paths: differences.map(({ path }) => path), differences }
}

const group = (member_group_name: string, more: object = {}) => ({ member_group_name, ...more })
const server = (host: string, more: object = {}) => ({ host, port: 8080, weight: 1, ...more })

describe('servers are compared as the cloud keeps them', () => {
  const BOTH = {
    memberGroups: [{ name: 'blue' }, { name: 'green' }],
    members: [
      { host: '192.168.0.5', memberGroupName: 'blue' },
      { host: '192.168.0.5', memberGroupName: 'green' },
    ],
  }
  const SHOWN_GROUPS = [group('blue'), group('green')]

  test('one address in two groups is two servers', () => {
    const both = [
      server('192.168.0.5', { member_group_name: 'green' }),
      server('192.168.0.5', { member_group_name: 'blue' }),
    ]
    expect(compare(BOTH, { member_groups: SHOWN_GROUPS, members: both }).match).toBe('EXACT')
    const one = compare(BOTH, { member_groups: SHOWN_GROUPS, members: both.slice(1) })
    expect(one).toMatchObject({ match: 'NONE', paths: ['members[green/192.168.0.5:8080]'] })
  })

  test('the one that an input leaves out is removed', () => {
    const green = { ...BOTH, members: BOTH.members.slice(1) }
    const both = ['blue', 'green'].map((name) => server('192.168.0.5', { member_group_name: name }))
    expect(compare(green, { member_groups: SHOWN_GROUPS, members: both }, 'UPDATE').differences).toEqual([
      {
        path: 'members[blue/192.168.0.5:8080]',
        wanted: null,
        found: expect.objectContaining({ host: '192.168.0.5', memberGroupName: 'blue' }),
        certain: true,
      },
    ])
  })

  test('one address with two ports is two servers', () => {
    const input = { members: [{ host: 'a' }, { host: 'a', port: 81 }] }
    expect(compare(input, { members: [server('a'), server('a', { port: 81 })] }).match).toBe('EXACT')
    expect(compare(input, { members: [server('a'), server('a')] }).paths).toEqual([
      'members[a:81]',
      'members[a:8080]',
    ])
  })

  test('a server that the cloud has twice is there once too often', () => {
    expect(compare({ members: [{ host: 'a' }] }, { members: [server('a'), server('a')] })).toMatchObject({
      match: 'NONE',
      paths: ['members[a:8080]'],
    })
  })

  test('a server without a group is looked for in all: which one the cloud chooses is not known', () => {
    const input = { memberGroups: [{ name: 'blue' }], members: [{ host: 'a' }] }
    const body = { member_groups: [group('blue')], members: [server('a', { member_group_name: 'blue' })] }
    expect(compare(input, body)).toMatchObject({
      match: 'POSSIBLE',
      paths: ['members[a:8080].memberGroupName'],
    })
    expect(compare(input, { ...body, members: [server('a')] }).match).toBe('EXACT')
  })

  test('cloud servers are known by their ids, whatever their addresses', () => {
    const input = { memberType: 'ECS', members: [{ ecsId: 'Ab-1', ecsName: 'web' }] } as const
    const body = { member_type: 'ecs', members: [server('10.0.0.1', { ecs_id: 'ab-1', ecs_name: 'web' })] }
    expect(compare(input, body).match).toBe('EXACT')
    expect(compare(input, { ...body, members: [server('10.0.0.1', { ecs_id: 'ab-2' })] }).match).toBe('NONE')
  })
})

describe('spellings that mean the same are the same', () => {
  test.each([
    ['2001:0db8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
    ['2001:DB8::1', '2001:db8:0:0::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['::ffff:192.168.0.5', '::FFFF:c0a8:5'],
    ['Server.Example', 'server.example'],
    [' 192.168.0.5 ', '192.168.0.5'],
  ])('of a host: %s, %s', (host, other) => {
    expect(compare({ members: [{ host }] }, { members: [server(other)] }).match).toBe('EXACT')
    expect(compare({ members: [{ host: other }] }, { members: [server(host)] }).match).toBe('EXACT')
  })

  test.each([
    ['another address', '2001:db8::1', '2001:db8::2'],
    ['a name that has the letters of one', 'cafe', 'cafe.example'],
  ])('unless they are of %s', (_, host, other) => {
    expect(compare({ members: [{ host }] }, { members: [server(other)] }).match).toBe('NONE')
  })

  test.each<[string, Partial<VpcChannelInput>, object]>([
    ['a port of 0 for the channel’s', { members: [{ host: 'a' }] }, { members: [server('a', { port: 0 })] }],
    ['the channel’s port for 0', { members: [{ host: 'a', port: 0 }] }, { members: [server('a')] }],
    [
      'blanks at the ends of a group’s name and remark',
      { memberGroups: [{ name: 'blue', remark: ' text ' }] },
      { member_groups: [group(' blue', { member_group_remark: 'text' })] },
    ],
    [
      'labels in another order',
      {
        memberGroups: [
          {
            name: 'v1',
            microserviceLabels: [
              { name: 'a', value: '1' },
              { name: 'b', value: '2' },
            ],
          },
        ],
      },
      {
        member_groups: [
          group('v1', {
            microservice_labels: [
              { label_name: 'b', label_value: '2' },
              { label_name: 'a', label_value: '1' },
            ],
          }),
        ],
      },
    ],
    [
      'no labels for an empty list of them',
      { memberGroups: [{ name: 'v1', microserviceLabels: [], microservicePort: 0, remark: '' }] },
      { member_groups: [group('v1')] },
    ],
    [
      '`""` and 0 for nothing',
      { memberGroups: [{ name: 'v1' }] },
      {
        member_groups: [
          group('v1', { member_group_remark: '', microservice_version: '', microservice_port: 0 }),
        ],
      },
    ],
  ])('%s', (_, input, body) => {
    expect(compare(input, body).match).toBe('EXACT')
  })

  test.each([
    ['', null],
    ['', 'HEAD'],
    [undefined, 'GET'],
  ] as const)('no method of a check over TCP: shown %j, asked %j', (method, asked) => {
    const check = {
      protocol: 'TCP',
      healthyThreshold: 2,
      unhealthyThreshold: 5,
      intervalSeconds: 10,
      timeoutSeconds: 5,
    } as const
    const config = {
      protocol: 'tcp',
      threshold_normal: 2,
      threshold_abnormal: 5,
      time_interval: 10,
      timeout: 5,
      port: 0,
      method,
    }
    expect(compare({ healthCheck: { ...check, method: asked } }, { vpc_health_config: config }).match).toBe(
      'EXACT',
    )
  })
})

describe('what an answer does not show cannot be told', () => {
  const check = {
    protocol: 'TCP',
    healthyThreshold: 2,
    unhealthyThreshold: 5,
    intervalSeconds: 10,
    timeoutSeconds: 5,
  } as const

  test.each<[string, Partial<VpcChannelInput>, object, string]>([
    ['a strategy that no page knows', {}, { balance_strategy: 9 }, 'balanceStrategy'],
    ['no port', {}, { port: undefined }, 'port'],
    ['no servers', { members: [{ host: 'a' }] }, { members: undefined }, 'members'],
    [
      'a group without its microservice fields, as ROMA Connect answers it',
      { memberGroups: [{ name: 'v1', microserviceVersion: '1' }] },
      { member_groups: [group('v1')] },
      'memberGroups[v1].microserviceVersion',
    ],
    [
      'a check that was not asked for',
      {},
      { vpc_health_config: { protocol: 'tcp', threshold_normal: 2 } },
      'healthCheck',
    ],
    [
      'a check without its numbers',
      { healthCheck: check },
      { vpc_health_config: { protocol: 'tcp', threshold_abnormal: 5, time_interval: 10, timeout: 5 } },
      'healthCheck.healthyThreshold',
    ],
  ])('%s', (_, input, body, path) => {
    expect(compare(input, body)).toMatchObject({ match: 'POSSIBLE', paths: [path] })
  })

  test('groups that an update does not mention may be kept or not', () => {
    const body = { member_groups: [group('blue')] }
    expect(compare({}, body, 'UPDATE')).toMatchObject({ match: 'POSSIBLE', paths: ['memberGroups[blue]'] })
    expect(compare({ memberGroups: [] }, body, 'UPDATE').match).toBe('NONE')
    expect(compare({}, body, 'CREATE').match).toBe('NONE')
  })
})

describe('the type', () => {
  test('is a difference of a creation, and ignored by an update', () => {
    const body = { type: 3 }
    expect(compare({}, body, 'CREATE')).toMatchObject({ match: 'NONE', paths: ['type'] })
    expect(compare({}, body, 'UPDATE').match).toBe('EXACT')
    expect(ignoredByUpdate(INPUT, shown(body))).toEqual([
      { path: 'type', wanted: 'SERVER', found: 'MICROSERVICE', certain: true },
    ])
    expect(ignoredByUpdate({ ...INPUT, type: null }, shown(body))).toEqual([])
    expect(ignoredByUpdate(INPUT, shown({ type: 0 }))).toEqual([])
  })
})
