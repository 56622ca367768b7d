import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from 'vitest'
import type { Fault } from '../../../src/simulator/faults/fault.ts'
import { startGateway } from '../../support/start-gateway.ts'
import {
  type Altering,
  CREATE,
  channelInput,
  extensionsOf,
  INSTANCE,
  lateWritesDone,
  type Shown,
  startCreatePair,
} from './create-support.ts'

const POST = { match: { method: 'POST' } }
const GET = { match: { method: 'GET' } }
const systemError = (code: string) => ({ error_code: code, error_msg: 'System error' })
const answer = (status: number, body?: Readonly<Record<string, unknown>> | string): Fault => ({
  kind: 'answer',
  status,
  ...(body !== undefined && { body }),
})

/** Each is done, and then not told. */
const APPLIED: readonly Fault[] = [
  { kind: 'reset-after-body' },
  { kind: 'stall-headers' },
  { kind: 'stall-body' },
  { kind: 'drip-body', everyMs: 5 },
  { kind: 'cut-json' },
  { kind: 'empty' },
  { kind: 'garbage-2xx' },
  { kind: '500-after-write' },
]

/** Answers that leave open what happened, where nothing did: from the service itself … */
const ENDED: readonly (readonly [name: string, fault: Fault])[] = [
  ['500 APIG.9999', answer(500, systemError('APIG.9999'))],
  ['500 APIG.3500', answer(500, systemError('APIG.3500'))],
  ['400 APIG.9999', answer(400, systemError('APIG.9999'))],
  ['an error under 200', { kind: 'error-under-200' }],
]

/** … and from the connection or a proxy, where the service may still be at it. */
const OPEN: readonly (readonly [name: string, fault: Fault])[] = [
  ['refuse', { kind: 'refuse' }],
  ['reset-before-body', { kind: 'reset-before-body' }],
  ['reset-during-body', { kind: 'reset-during-body' }],
  ['HTML under 502', { kind: 'html' }],
  ['HTML under 200', { kind: 'html', status: 200 }],
  ['HTML under 504', { kind: 'html', status: 504 }],
  ['502', answer(502)],
  ['503', answer(503)],
  ['504', answer(504)],
  ['500 of nobody', answer(500)],
  ['408', answer(408)],
  ['503 with a code', answer(503, systemError('APIG.0613'))],
]

describe('after an answer that does not say what happened', () => {
  test.each(APPLIED.map((fault) => [fault.kind, fault] as const))(
    'what was applied is found: %s',
    async (_kind, fault) => {
      await using pair = await startCreatePair()
      pair.simulator.failNext(fault, POST)
      const { data, errors } = await pair.create(channelInput('applied'))
      expect(errors).toBeUndefined()
      const channels = await pair.channelsNamed('applied')
      expect(channels.map(({ id }) => id)).toEqual([data?.createVpcChannel.vpcChannel.id])
      expect(pair.posts()).toBe(1)
    },
  )

  test.each([
    [500, systemError('APIG.9999')],
    [500, systemError('APIG.3500')],
    [500, ''],
    [502, ''],
    [503, ''],
    [504, '<html>'],
    [408, ''],
    [200, systemError('APIG.9999')],
    [201, '{"id":""}'],
    [201, '{}'],
    [204, ''],
  ])('what was applied is found, whatever was told after it: %i %j', async (status, body) => {
    await using pair = await startCreatePair({}, ({ method }) =>
      method === 'POST' ? { status, body } : undefined,
    )
    const { data, errors } = await pair.create(channelInput('applied'))
    expect(errors).toBeUndefined()
    const channels = await pair.channelsNamed('applied')
    expect(channels.map(({ id }) => id)).toEqual([data?.createVpcChannel.vpcChannel.id])
    expect(pair.posts()).toBe(1)
  })

  test.each([...ENDED, ...OPEN])('what was not applied is sent once more: %s', async (_name, fault) => {
    await using pair = await startCreatePair()
    pair.simulator.failNext(fault, POST)
    const { data, errors } = await pair.create(channelInput('again'))
    expect(errors).toBeUndefined()
    const channels = await pair.channelsNamed('again')
    expect(channels.map(({ id }) => id)).toEqual([data?.createVpcChannel.vpcChannel.id])
    expect(pair.posts()).toBe(2)
  })

  test.each(APPLIED.map((fault) => [fault.kind, fault] as const))(
    'the second time, too: %s',
    async (_kind, fault) => {
      await using pair = await startCreatePair()
      pair.simulator.failNext({ kind: 'reset-before-body' }, POST)
      pair.simulator.failNext(fault, POST)
      const { data, errors } = await pair.create(channelInput('second'))
      expect(errors).toBeUndefined()
      const channels = await pair.channelsNamed('second')
      expect(channels.map(({ id }) => id)).toEqual([data?.createVpcChannel.vpcChannel.id])
      expect(pair.posts()).toBe(2)
    },
  )

  test.each([...ENDED, ...OPEN])('twice: UNKNOWN, and no third: %s', async (_name, fault) => {
    await using pair = await startCreatePair()
    pair.simulator.failNext(fault, { ...POST, times: 3 })
    const answered = await pair.create(channelInput('twice'))
    expect(extensionsOf(answered)).toMatchObject({
      effect: 'UNKNOWN',
      retry: { retryable: true, afterMs: 40 },
      upstream: { service: 'APIG' },
    })
    expect(pair.posts()).toBe(2)
  })

  test.each([
    ['a plain refusal', answer(403, { error_code: 'APIG.1005', error_msg: 'no' })],
    ['throttling', { kind: '429' } as const],
    ['no connection', { kind: 'refuse' } as const],
  ])('a first that may still be done is not forgotten over %s of the second', async (_what, fault) => {
    for (const first of [
      { kind: 'late-write', ms: 500 },
      { kind: 'late-write', ms: 500, status: 500 },
      answer(500, systemError('APIG.9999')),
    ] as const) {
      await using pair = await startCreatePair()
      pair.simulator.failNext(first, POST)
      pair.simulator.failNext(fault, POST)
      const answered = await pair.create(channelInput('first'))
      expect(extensionsOf(answered)).toMatchObject({ effect: 'UNKNOWN', retry: { retryable: true } })
      expect(pair.posts()).toBe(2)
    }
  })
})

describe('an answer that does say what happened', () => {
  test.each([
    ['a refusal', answer(403, { error_code: 'APIG.1005', error_msg: 'no' })],
    ['throttling', { kind: '429' } as const],
    ['throttling under 500', answer(500, { error_code: 'APIG.9008', error_msg: 'slow down' })],
    ['a token that is not known', { kind: '401-once' } as const],
    ['a quota', answer(403, { error_code: 'APIG.3109', error_msg: 'full' })],
  ])('costs no look-up and no second call: %s', async (_what, fault) => {
    await using pair = await startCreatePair()
    pair.simulator.failNext(fault, POST)
    const answered = await pair.create(channelInput('said'))
    expect(extensionsOf(answered).effect).toBe('NOT_APPLIED')
    expect([pair.posts(), pair.gets()]).toEqual([1, 0])
    expect(await pair.channelsNamed('said')).toEqual([])
  })

  test('a name that was taken all along is a CONFLICT, even where the channel is the very same', async () => {
    await using pair = await startCreatePair()
    await pair.create(channelInput('taken'))
    const answered = await pair.create(channelInput('taken'))
    expect(extensionsOf(answered)).toMatchObject({
      code: 'CONFLICT',
      reason: 'CHANNEL_NAME_TAKEN',
      effect: 'NOT_APPLIED',
    })
    expect([pair.posts(), pair.gets()]).toEqual([2, 2])
  })

  test('a connection that never opened: NOT_APPLIED, without a look-up', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const { port } = closed.address() as AddressInfo
    await new Promise((resolve) => closed.close(resolve))
    await using gateway = await startGateway({ upstream: `http://127.0.0.1:${port}` })
    const answered = await gateway.send<unknown, object>(CREATE, { input: channelInput('unopened') })
    expect(extensionsOf(answered)).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'NOT_CONNECTED',
      effect: 'NOT_APPLIED',
      retry: { retryable: true },
    })
    const calls = gateway.logged.flatMap((line) => (line['upstream'] ?? []) as object[])
    expect(calls).toMatchObject([{ operation: 'createVpcChannel' }])
  })
})

describe('a look-up that fails leaves UNKNOWN, and nothing is sent again', () => {
  const LOST: Fault = { kind: 'reset-after-body' }
  const FAILURES: readonly (readonly [name: string, fault: Fault])[] = [
    ['500', answer(500, systemError('APIG.9999'))],
    ['403', answer(403, { error_code: 'APIG.1005', error_msg: 'no' })],
    ['404 of the instance', answer(404, { error_code: 'APIG.3030', error_msg: 'none' })],
    ['HTML', { kind: 'html', status: 200 }],
    ['garbage', { kind: 'garbage-2xx' }],
    ['cut JSON', { kind: 'cut-json' }],
    ['nothing', { kind: 'empty' }],
    ['an error under 200', { kind: 'error-under-200' }],
    ['reset', { kind: 'reset-before-body' }],
    ['no list', answer(200, { size: 0, total: 0 })],
    ['a list of what cannot be read', answer(200, '{"total":1,"vpc_channels":[{"name":"looked"}]}')],
    ['a total without its items', answer(200, '{"total":1,"vpc_channels":[]}')],
    ['a list of null', answer(200, '{"total":1,"vpc_channels":[null]}')],
  ]
  test.each(FAILURES)('the list: %s', async (_name, fault) => {
    await using pair = await startCreatePair()
    pair.simulator.failNext(LOST, POST)
    pair.simulator.failNext(fault, { ...GET, times: 50 })
    const answered = await pair.create(channelInput('looked'))
    expect(extensionsOf(answered)).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      reason: 'CONNECTION_LOST',
      effect: 'UNKNOWN',
      retry: { retryable: true },
    })
    expect(pair.posts()).toBe(1)
    expect(await pair.channelsNamed('looked')).toHaveLength(1)
  })

  test('the channel itself', async () => {
    await using pair = await startCreatePair()
    pair.simulator.failNext(LOST, POST)
    pair.simulator.failNext(answer(500, systemError('APIG.9999')), { ...GET, skip: 1, times: 50 })
    const answered = await pair.create(channelInput('looked'))
    expect(extensionsOf(answered).effect).toBe('UNKNOWN')
    expect(pair.posts()).toBe(1)
  })

  test.each([1, 2])('unless it passes: %i failures of three attempts', async (times) => {
    await using pair = await startCreatePair()
    pair.simulator.failNext(LOST, POST)
    pair.simulator.failNext({ kind: 'reset-before-body' }, { ...GET, times })
    const { data, errors } = await pair.create(channelInput('looked'))
    expect(errors).toBeUndefined()
    const channels = await pair.channelsNamed('looked')
    expect(channels.map(({ id }) => id)).toEqual([data?.createVpcChannel.vpcChannel.id])
    expect(pair.posts()).toBe(1)
  })

  test('a channel that the list has and a read has not yet is not created again', async () => {
    await using pair = await startCreatePair()
    pair.simulator.failNext(LOST, POST)
    pair.simulator.failNext(answer(404, { error_code: 'APIG.3023', error_msg: 'none' }), { ...GET, skip: 1 })
    const { data, errors } = await pair.create(channelInput('looked'))
    expect(errors).toBeUndefined()
    const channels = await pair.channelsNamed('looked')
    expect(channels.map(({ id }) => id)).toEqual([data?.createVpcChannel.vpcChannel.id])
  })

  test('a channel that the list has and a read never shows', async () => {
    await using pair = await startCreatePair()
    pair.simulator.failNext(LOST, POST)
    pair.simulator.failNext(answer(404, { error_code: 'APIG.3023', error_msg: 'none' }), {
      match: { method: 'GET', path: '/vpc-channels/' },
      times: 50,
    })
    const answered = await pair.create(channelInput('looked'))
    expect(extensionsOf(answered).effect).toBe('UNKNOWN')
    expect(pair.posts()).toBe(1)
  })

  test('the second look-up', async () => {
    await using pair = await startCreatePair()
    pair.simulator.failNext({ kind: 'reset-before-body' }, POST)
    pair.simulator.failNext(LOST, POST)
    pair.simulator.failNext(answer(403, { error_code: 'APIG.1005', error_msg: 'no' }), {
      ...GET,
      skip: 5,
      times: 50,
    })
    const answered = await pair.create(channelInput('looked'))
    expect(extensionsOf(answered).effect).toBe('UNKNOWN')
    expect(pair.posts()).toBe(2)
  })

  test('it asks for exactly this name, and believes no other', async () => {
    await using pair = await startCreatePair()
    await pair.create(channelInput('channel-1'))
    await pair.create(channelInput('my-channel'))
    pair.simulator.failNext({ kind: 'reset-before-body' }, POST)
    const { errors } = await pair.create(channelInput('channel'))
    expect(errors).toBeUndefined()
    expect(await pair.channelsNamed('channel')).toHaveLength(1)
    const list = pair.simulator.calls.find(({ method }) => method === 'GET')
    expect(list?.query).toMatchObject({ name: 'channel', precise_search: 'name' })
  })

  test('it finds the name in a list that takes no notice of `precise_search` and of `limit`', async () => {
    const others = Array.from({ length: 25 }, (_, index) => ({ id: `o-${index}`, name: `fuzzy-${index}` }))
    let created: Shown
    await using pair = await startCreatePair({}, ({ method, path }, { body }) => {
      if (method === 'POST') {
        created = body
        return { status: 502, body: '' }
      }
      const query = new URL(path, 'http://upstream').searchParams
      if (query.size === 0) return undefined
      const offset = Number(query.get('offset') ?? 0)
      const page = [...others, created].slice(offset, offset + 20)
      return { body: { size: page.length, total: others.length + 1, vpc_channels: page } }
    })
    const { data, errors } = await pair.create(channelInput('fuzzy'))
    expect(errors).toBeUndefined()
    expect(data?.createVpcChannel.vpcChannel.id).toBe(created.id)
    expect(pair.posts()).toBe(1)
  })
})

describe('a write that the cloud does later than it says', () => {
  const STATUSES = [undefined, 500, 502, 503, 504, 408, 201, 202] as const
  const late = (ms: number, status: number | undefined): Fault => ({
    kind: 'late-write',
    ms,
    ...(status !== undefined && { status }),
  })

  test.each(STATUSES)(
    'is the one channel, whether it comes before or after the second: %s',
    async (status) => {
      for (const ms of [0, 1, 3, 10, 100]) {
        await using pair = await startCreatePair()
        pair.simulator.failNext(late(ms, status), POST)
        const { data, errors } = await pair.create(channelInput('late'))
        await lateWritesDone(ms)
        expect(errors).toBeUndefined()
        const channels = await pair.channelsNamed('late')
        expect(channels.map(({ id }) => id)).toEqual([data?.createVpcChannel.vpcChannel.id])
        expect(pair.posts()).toBeLessThanOrEqual(2)
      }
    },
  )

  // A busy machine may take a second for the two requests and the look-ups between them.
  const LATE_MS = 4_000
  test.concurrent.each(STATUSES)('is never told as NOT_APPLIED, where both are late: %s', async (status) => {
    await using pair = await startCreatePair()
    pair.simulator.failNext(late(LATE_MS, status), { ...POST, times: 2 })
    const answered = await pair.create(channelInput('late'))
    expect(await pair.channelsNamed('late')).toEqual([])
    expect(extensionsOf(answered)).toMatchObject({ effect: 'UNKNOWN', retry: { retryable: true } })
    expect(pair.posts()).toBe(2)
    await lateWritesDone(LATE_MS)
    expect(await pair.channelsNamed('late')).toHaveLength(1)
  })

  test('and a name that it takes in between is its own', async () => {
    await using pair = await startCreatePair({ limits: { settlingMs: 8, headersMs: 15_000 } })
    // The list is asked before the late write is there, the second POST comes after it.
    pair.simulator.failNext(late(1_500, undefined), POST)
    pair.simulator.failNext({ kind: 'delay', ms: 3_000 }, { ...POST })
    const { data, errors } = await pair.create(channelInput('late'))
    expect(errors).toBeUndefined()
    const channels = await pair.channelsNamed('late')
    expect(channels.map(({ id }) => id)).toEqual([data?.createVpcChannel.vpcChannel.id])
    expect(pair.posts()).toBe(2)
    expect(
      pair.simulator.calls.filter(({ method }) => method === 'POST').map(({ status }) => status),
    ).toEqual([201, 400])
  })
})

describe('a channel that is there is told from one that is not wanted', () => {
  const GROUPS = {
    memberGroups: [
      { name: 'blue', weight: 5, remark: '' },
      { name: 'green', remark: 'two' },
    ],
    members: [
      { host: '192.168.0.5', memberGroupName: 'blue' },
      { host: '192.168.0.6', port: 81, weight: 7, memberGroupName: 'green', isBackup: true },
      { host: '192.168.0.6', memberGroupName: 'blue', weight: 2, status: 'UNAVAILABLE' },
      { host: '192.168.0.7', isBackup: false },
    ],
  }
  const CHECK = {
    protocol: 'HTTP',
    path: '/health',
    httpCodes: '200',
    healthyThreshold: 2,
    unhealthyThreshold: 3,
    intervalSeconds: 10,
    timeoutSeconds: 5,
  }
  const TCP = { ...CHECK, protocol: 'TCP', path: undefined, httpCodes: undefined }
  const SERVICES = {
    cse: { engineId: '9c25b05d-a1d2-4d5e-9b0a-3b7f0c1e2d3a', serviceId: '8aed4e1b0b7d9c5a' },
  }

  test.each<readonly [string, object]>([
    ['nothing but the least', {}],
    ['empty lists', { members: [], memberGroups: [] }],
    ['groups and servers', GROUPS],
    ['a health check, all defaults', { healthCheck: TCP }],
    ['a health check with a path', { healthCheck: CHECK }],
    [
      'a health check that says the defaults',
      { healthCheck: { ...CHECK, method: 'GET', port: 80, enableClientSsl: false, status: 'AVAILABLE' } },
    ],
    [
      'a health check that says others',
      {
        healthCheck: {
          ...CHECK,
          method: 'HEAD',
          port: 8080,
          protocol: 'HTTPS',
          enableClientSsl: true,
          status: 'UNAVAILABLE',
        },
      },
    ],
    [
      'blank texts',
      {
        healthCheck: { ...TCP, path: '' },
        memberGroups: [{ name: 'blue', remark: '' }],
      },
    ],
    ['a dictionary code', { dictCode: 'dict-1', memberGroups: [{ name: 'blue', dictCode: 'dict-2' }] }],
    ['another strategy', { balanceStrategy: 'URI_HASH' }],
    [
      'weights of 0',
      {
        memberGroups: [{ name: 'blue', weight: 0 }],
        members: [{ host: 'h.example', weight: 0, memberGroupName: 'blue' }],
      },
    ],
    [
      'cloud servers',
      {
        memberType: 'ECS',
        members: [
          { ecsId: '6c41b1f0-9c1e-4d57-8f5b-2f2d3e8a7b01', ecsName: 'ecs-web-01' },
          { ecsId: '6c41b1f0-9c1e-4d57-8f5b-2f2d3e8a7b02', ecsName: 'ecs-web-02', port: 8080, weight: 3 },
        ],
      },
    ],
    ['a microservice of CSE', { type: 'MICROSERVICE', microservice: SERVICES }],
    [
      'a microservice of CCE',
      {
        type: 'MICROSERVICE',
        memberGroups: [
          {
            name: 'v1',
            microserviceVersion: 'v1',
            microservicePort: 80,
            microserviceLabels: [
              { name: 'b', value: '2' },
              { name: 'a', value: '1' },
            ],
          },
          { name: 'v2', microservicePort: 0, microserviceLabels: [] },
        ],
        microservice: {
          cce: {
            clusterId: 'ab1485b4f91b45abbcd560be591f7309',
            namespace: 'default',
            workloadType: 'STATEFUL_SET',
            labelKey: 'app',
            labelValue: 'web',
          },
        },
      },
    ],
  ])('with %s, as the cloud completes it', async (_what, more) => {
    await using pair = await startCreatePair()
    pair.simulator.failNext({ kind: '500-after-write' }, POST)
    const answered = await pair.create(channelInput('equal', more))
    expect(answered.errors).toBeUndefined()
    const channels = await pair.channelsNamed('equal')
    expect(channels.map(({ id }) => id)).toEqual([answered.data?.createVpcChannel.vpcChannel.id])
    expect(pair.posts()).toBe(1)
  })

  /** What is created is told as a reset, and shown otherwise than it is. */
  const shownAs =
    (change: (channel: Shown) => Shown): Altering =>
    ({ method }, { body }) => {
      if (method === 'POST') return { status: 502, body: '' }
      return body.members === undefined ? undefined : { body: change(structuredClone(body)) }
    }
  const INPUT = channelInput('shown', { ...GROUPS, healthCheck: CHECK })
  const without = (object: Shown, ...keys: readonly string[]): Shown =>
    Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)))

  test.each<readonly [string, (channel: Shown) => Shown]>([
    [
      'in another order',
      (channel) => ({
        ...channel,
        members: channel.members.reverse(),
        member_groups: channel.member_groups.reverse(),
      }),
    ],
    [
      'with a group’s weight for its servers',
      (channel) => ({
        ...channel,
        members: channel.members.map((member: Shown) =>
          member.member_group_name === 'blue' ? { ...member, weight: 5 } : member,
        ),
      }),
    ],
    [
      'without what says nothing',
      (channel) => ({
        ...without(channel, 'dict_code', 'status'),
        members: channel.members.map((member: Shown) =>
          member.is_backup ? member : without(member, 'is_backup', 'ecs_id', 'ecs_name'),
        ),
      }),
    ],
    [
      'with other times, ids and statuses',
      (channel) => ({
        ...channel,
        status: 2,
        create_time: '',
        members: channel.members.map((member: Shown) => ({ ...member, id: 'x', create_time: '' })),
      }),
    ],
    [
      'with `http` and `HTTP` alike',
      (channel) => ({ ...channel, vpc_health_config: { ...channel.vpc_health_config, protocol: 'HTTP' } }),
    ],
    [
      'with a port of 0 for the channel’s own',
      (channel) => ({
        ...channel,
        vpc_health_config: { ...channel.vpc_health_config, port: 0 },
        members: channel.members.map((member: Shown) =>
          member.port === 80 ? { ...member, port: 0 } : member,
        ),
      }),
    ],
    [
      'without a method, which is GET',
      (channel) => ({
        ...channel,
        vpc_health_config: without(channel.vpc_health_config, 'method', 'enable_client_ssl', 'status'),
      }),
    ],
    [
      'with a port for a group that has none',
      (channel) => ({
        ...channel,
        member_groups: channel.member_groups.map((group: Shown) => ({
          ...group,
          microservice_port: 0,
          microservice_version: '',
        })),
      }),
    ],
    ['with the type in words', (channel) => ({ ...without(channel, 'type'), vpc_channel_type: 'builtin' })],
  ])('the same %s', async (_how, change) => {
    await using pair = await startCreatePair({}, shownAs(change))
    const { errors } = await pair.create(INPUT)
    expect(errors).toBeUndefined()
    expect(pair.posts()).toBe(1)
  })

  test.each<readonly [string, (channel: Shown) => Shown]>([
    ['of another port', (channel) => ({ ...channel, port: 81 })],
    ['of another strategy', (channel) => ({ ...channel, balance_strategy: 4 })],
    ['of another type of servers', (channel) => ({ ...channel, member_type: 'ecs' })],
    ['of a microservice', (channel) => ({ ...channel, type: 3 })],
    ['with a server less', (channel) => ({ ...channel, members: channel.members.slice(1) })],
    [
      'with a server more',
      (channel) => ({
        ...channel,
        members: [...channel.members, { ...channel.members[0], host: '192.168.9.9' }],
      }),
    ],
    [
      'with another server',
      (channel) => ({
        ...channel,
        members: [{ ...channel.members[0], host: '192.168.9.9' }, ...channel.members.slice(1)],
      }),
    ],
    [
      'with a server of another port',
      (channel) => ({
        ...channel,
        members: [{ ...channel.members[0], port: 8080 }, ...channel.members.slice(1)],
      }),
    ],
    [
      'with a server of another weight',
      (channel) => ({
        ...channel,
        members: channel.members.map((member: Shown) => ({ ...member, weight: member.weight + 1 })),
      }),
    ],
    [
      'with a server of another group',
      (channel) => ({
        ...channel,
        members: [{ ...channel.members[0], member_group_name: 'green' }, ...channel.members.slice(1)],
      }),
    ],
    [
      'with a server that is no backup',
      (channel) => ({
        ...channel,
        members: channel.members.map((member: Shown) => ({ ...member, is_backup: false })),
      }),
    ],
    [
      'with a server that is down',
      (channel) => ({
        ...channel,
        members: channel.members.map((member: Shown) => ({ ...member, status: 2 })),
      }),
    ],
    ['with a group less', (channel) => ({ ...channel, member_groups: channel.member_groups.slice(1) })],
    [
      'with a group of another remark',
      (channel) => ({
        ...channel,
        member_groups: channel.member_groups.map((group: Shown) => ({
          ...group,
          member_group_remark: 'else',
        })),
      }),
    ],
    [
      'with a group of another weight',
      (channel) => ({
        ...channel,
        member_groups: channel.member_groups.map((group: Shown) => ({ ...group, member_group_weight: 99 })),
      }),
    ],
    ['without a health check', (channel) => without(channel, 'vpc_health_config')],
    [
      'with another health check',
      (channel) => ({ ...channel, vpc_health_config: { ...channel.vpc_health_config, threshold_normal: 9 } }),
    ],
    [
      'with another path of its check',
      (channel) => ({ ...channel, vpc_health_config: { ...channel.vpc_health_config, path: '/' } }),
    ],
  ])('another %s: UNKNOWN with what differs, and nothing is sent again', async (_how, change) => {
    await using pair = await startCreatePair({}, shownAs(change))
    const answered = await pair.create(INPUT)
    const [channel] = await pair.channelsNamed('shown')
    expect(extensionsOf(answered)).toMatchObject({
      code: 'UPSTREAM_UNAVAILABLE',
      effect: 'UNKNOWN',
      retry: { retryable: true },
      existing: { id: channel.id },
    })
    expect(extensionsOf(answered).existing.differences).not.toEqual([])
    expect(pair.posts()).toBe(1)
  })

  test.each<readonly [string, (channel: Shown) => Shown]>([
    ['of another port', (channel) => ({ ...channel, port: 81 })],
    ['that is exactly as asked', (channel) => channel],
  ])('one that is older %s: CONFLICT, NOT_APPLIED', async (_how, change) => {
    await using pair = await startCreatePair(
      {},
      shownAs((channel) => ({ ...change(channel), create_time: '2020-07-23T07:24:33Z' })),
    )
    const answered = await pair.create(INPUT)
    expect(extensionsOf(answered)).toMatchObject({
      code: 'CONFLICT',
      reason: 'CHANNEL_NAME_TAKEN',
      effect: 'NOT_APPLIED',
      retry: { retryable: false },
      existing: { id: expect.any(String), differences: expect.any(Array) },
      validation: [{ path: ['input', 'name'], rule: 'CHANNEL_NAME_TAKEN', source: 'UPSTREAM' }],
    })
    expect(pair.posts()).toBe(1)
  })

  test('a channel of somebody else is left as it was', async () => {
    await using pair = await startCreatePair()
    const before = await pair.channelsNamed('payments')
    pair.simulator.failNext(answer(500, systemError('APIG.9999')), POST)
    const answered = await pair.create({ instanceId: INSTANCE, name: 'payments', port: 80, memberType: 'IP' })
    expect(extensionsOf(answered).existing.id).toBe(before[0].id)
    expect(await pair.channelsNamed('payments')).toEqual(before)
    expect(pair.posts()).toBe(1)
  })
})
