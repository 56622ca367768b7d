import { describe, expect, test } from 'vitest'
import { ROMA_FULL, ROMA_NAME_MODIFIABLE } from '../simulator/sandbox.ts'
import {
  crowd,
  INSTANCES,
  MICROSERVICE_REST,
  MISSING,
  ORDERS,
  ORDERS_REST,
  PLAN,
  startPair,
} from './upsert-pair.ts'

const [ONE = '', TWO = '', THREE = ''] = INSTANCES

describe('a plan', () => {
  test('tells of each instance what an upsert would do, in the order asked, and writes nothing', async () => {
    await using pair = await startPair()
    await pair.have([TWO], { ...ORDERS_REST, port: 81 })
    await pair.have([THREE], ORDERS_REST)
    const before = await pair.seen()
    const instanceIds = [ROMA_FULL, THREE, MISSING, TWO, ROMA_NAME_MODIFIABLE, ONE]
    const { planId, instances } = await pair.plan({ ...ORDERS, members: [], instanceIds })
    expect(planId).toMatch(/^[\w-]{20,}$/)
    const nothingElse = { ignored: [], notChecked: [] }
    const refused = (instanceId: string, code: string, reason: string) => ({
      instanceId,
      action: 'WOULD_FAIL',
      ...nothingElse,
      changes: [],
      error: { code, reason, effect: 'NOT_APPLIED' },
    })
    expect(instances).toEqual([
      refused(ROMA_FULL, 'QUOTA_EXCEEDED', 'CHANNEL_QUOTA'),
      { instanceId: THREE, action: 'UNCHANGED', changes: [], error: null, ...nothingElse },
      refused(MISSING, 'NOT_FOUND', 'INSTANCE_NOT_FOUND'),
      {
        instanceId: TWO,
        action: 'WOULD_UPDATE',
        changes: [{ path: 'port', kind: 'CHANGED', before: 81, after: 8080 }],
        error: null,
        ...nothingElse,
      },
      refused(ROMA_NAME_MODIFIABLE, 'FAILED_PRECONDITION', 'NAME_MODIFIABLE'),
      { instanceId: ONE, action: 'WOULD_CREATE', changes: [], error: null, ...nothingElse },
    ])
    expect(new Set(pair.calls.map(({ method }) => method))).toEqual(new Set(['GET']))
    expect(await pair.seen()).toEqual(before)
  })

  test('says that a channel of another type keeps it, where the input names one', async () => {
    await using pair = await startPair()
    await pair.have([ONE], MICROSERVICE_REST)
    const { instances } = await pair.plan({ ...ORDERS, type: 'SERVER', port: 81, instanceIds: [ONE] })
    const [plan] = instances
    expect(plan).toMatchObject({ instanceId: ONE, action: 'WOULD_UPDATE', error: null })
    expect(plan?.changes.map(({ path }) => path)).not.toContain('type')
    expect(plan?.ignored).toEqual([
      { path: 'type', kind: 'CHANGED', before: 'MICROSERVICE', after: 'SERVER' },
    ])
    expect((await pair.plan({ ...ORDERS, instanceIds: [ONE] })).instances[0]).toMatchObject({
      action: 'UNCHANGED',
      ignored: [],
    })
  })

  test.each([
    ['features', '/features', 'VPC_NAME_MODIFIABLE'],
    ['quotas', '/project/configs', 'CHANNEL_QUOTA'],
  ])('says that it could not look at the %s of an instance, instead of a guess', async (_, path, what) => {
    for (const fault of [
      { kind: 'answer', status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } },
      { kind: 'answer', status: 500, body: { error_code: 'APIG.9999', error_msg: 'no' } },
      { kind: 'answer', status: 200, body: { total: 0, features: [], configs: [] } },
    ] as const) {
      await using pair = await startPair()
      pair.sandbox.failNext(fault, { match: { path: `/instances/${ONE}${path}` }, times: 3 })
      const { instances } = await pair.plan({ ...ORDERS, instanceIds: [ONE, TWO] })
      expect(instances).toMatchObject([
        { instanceId: ONE, action: 'WOULD_CREATE', notChecked: [what], error: null },
        { instanceId: TWO, action: 'WOULD_CREATE', notChecked: [], error: null },
      ])
    }
  })

  test('lets a full instance change the channel it has', async () => {
    await using pair = await startPair()
    const { instances } = await pair.plan({ ...ORDERS, name: 'only-one', instanceIds: [ROMA_FULL] })
    expect(instances[0]?.action).toBe('WOULD_UPDATE')
  })

  test('of more instances than one call takes is one plan', async () => {
    const { seed, ids } = crowd(60)
    await using pair = await startPair({ seed })
    await pair.have(ids.slice(0, 10), ORDERS_REST)
    const { instances } = await pair.plan({ ...ORDERS, instanceIds: ids })
    expect(instances.map(({ instanceId, action }) => `${instanceId} ${action}`)).toEqual(
      ids.map((id, index) => `${id} ${index < 10 ? 'UNCHANGED' : 'WOULD_CREATE'}`),
    )
    expect(pair.calls.filter(({ method }) => method !== 'GET')).toEqual([])
  })

  test('does not outrun the calls that one caller may have: a slow cloud is looked at all the same', async () => {
    const { seed, ids } = crowd(12)
    await using pair = await startPair({
      seed: {
        ...seed,
        instances: seed.instances.map((one) => (ids.includes(one.id) ? { ...one, channelLimit: 0 } : one)),
      },
      limits: { queueMs: 40 },
    })
    pair.sandbox.failNext({ kind: 'delay', ms: 80 }, { match: { path: '/instances/' }, times: 100 })
    const { instances } = await pair.plan({ ...ORDERS, instanceIds: ids })
    expect(instances.map(({ error }) => error?.reason)).toEqual(ids.map(() => 'CHANNEL_QUOTA'))
  })

  test('of a broken input is refused by its rules, without a call', async () => {
    await using pair = await startPair()
    const { errors } = await pair.send(PLAN, { input: { ...ORDERS, port: 0, instanceIds: [] } })
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT')
    expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
    const faults = errors?.[0]?.extensions.validation.map(
      ({ path, rule }: { path: string[]; rule: string }) => `${path.join('.')} ${rule}`,
    )
    expect(faults.sort()).toEqual(['input.instanceIds LIST_SIZE', 'input.port RANGE'])
    expect(pair.calls).toEqual([])
  })

  test('that cannot see what is there is an error, not a guess', async () => {
    await using pair = await startPair()
    pair.sandbox.failNext(
      { kind: 'answer', status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } },
      { match: { path: '/apic/vpc-channels' } },
    )
    const { data, errors } = await pair.send(PLAN, { input: { ...ORDERS, instanceIds: [ONE] } })
    expect(data).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('changes', () => {
  const [blue, green] = ORDERS.memberGroups
  const [first, second] = ORDERS.members

  test.each([
    ['port', { port: 81, members: [] }, [{ path: 'port', kind: 'CHANGED', before: 8080, after: 81 }]],
    [
      'way of balancing',
      { balanceStrategy: 'SOURCE_HASH' },
      [{ path: 'balanceStrategy', kind: 'CHANGED', before: 'WEIGHTED_ROUND_ROBIN', after: 'SOURCE_HASH' }],
    ],
    [
      'server added',
      { members: [first, { host: '192.168.0.23', memberGroupName: 'blue' }, second] },
      [
        {
          path: 'members[192.168.0.23:8080]',
          kind: 'ADDED',
          before: null,
          after: { host: '192.168.0.23', memberGroupName: 'blue' },
        },
      ],
    ],
    [
      'server removed',
      { members: [second] },
      [
        {
          path: 'members[192.168.0.21:8080]',
          kind: 'REMOVED',
          before: expect.objectContaining({ host: '192.168.0.21', weight: 5, memberGroupName: 'blue' }),
          after: null,
        },
      ],
    ],
    [
      'server moved to another port',
      { members: [{ ...first, port: 81 }, second] },
      [
        { path: 'members[192.168.0.21:8080]', kind: 'REMOVED', before: expect.anything(), after: null },
        { path: 'members[192.168.0.21:81]', kind: 'ADDED', before: null, after: { ...first, port: 81 } },
      ],
    ],
    [
      'server moved to another group and switched off',
      { members: [{ ...first, memberGroupName: 'green', status: 'UNAVAILABLE' }, second] },
      [
        {
          path: 'members[blue/192.168.0.21:8080]',
          kind: 'REMOVED',
          before: expect.objectContaining({ host: '192.168.0.21', memberGroupName: 'blue' }),
          after: null,
        },
        {
          path: 'members[green/192.168.0.21:8080]',
          kind: 'ADDED',
          before: null,
          after: { ...first, memberGroupName: 'green', status: 'UNAVAILABLE' },
        },
      ],
    ],
    [
      'standby no more',
      { members: [first, { ...second, isBackup: false }] },
      [{ path: 'members[192.168.0.22:9090].isBackup', kind: 'CHANGED', before: true, after: false }],
    ],
    [
      'group removed, and the server that was in it elsewhere',
      { memberGroups: [blue], members: [first, { ...second, memberGroupName: 'blue', weight: 5 }] },
      [
        {
          path: 'memberGroups[green]',
          kind: 'REMOVED',
          before: expect.objectContaining({ name: 'green', weight: 1 }),
          after: null,
        },
        {
          path: 'members[blue/192.168.0.22:9090]',
          kind: 'ADDED',
          before: null,
          after: { ...second, memberGroupName: 'blue', weight: 5 },
        },
        {
          path: 'members[green/192.168.0.22:9090]',
          kind: 'REMOVED',
          before: expect.objectContaining({ host: '192.168.0.22', port: 9090, memberGroupName: 'green' }),
          after: null,
        },
      ],
    ],
    [
      'group added',
      { memberGroups: [blue, green, { name: 'red', weight: 0 }] },
      [{ path: 'memberGroups[red]', kind: 'ADDED', before: null, after: { name: 'red', weight: 0 } }],
    ],
    [
      'group described otherwise',
      {
        memberGroups: [
          { ...blue, remark: 'other' },
          { ...green, remark: 'new' },
        ],
      },
      [
        { path: 'memberGroups[blue].remark', kind: 'CHANGED', before: 'first', after: 'other' },
        { path: 'memberGroups[green].remark', kind: 'ADDED', before: null, after: 'new' },
      ],
    ],
    [
      'description gone',
      { memberGroups: [{ name: 'blue', weight: 5 }, green] },
      [{ path: 'memberGroups[blue].remark', kind: 'REMOVED', before: 'first', after: null }],
    ],
    [
      'all groups removed by an empty list',
      { memberGroups: [], members: [] },
      [
        { path: 'memberGroups[blue]', kind: 'REMOVED', before: expect.anything(), after: null },
        { path: 'memberGroups[green]', kind: 'REMOVED', before: expect.anything(), after: null },
      ],
    ],
    [
      'all groups removed for want of a word on them',
      { memberGroups: undefined, members: [] },
      [
        { path: 'memberGroups[blue]', kind: 'REMOVED', before: expect.anything(), after: null },
        { path: 'memberGroups[green]', kind: 'REMOVED', before: expect.anything(), after: null },
      ],
    ],
    [
      'health check',
      {
        healthCheck: {
          ...ORDERS.healthCheck,
          intervalSeconds: 20,
          protocol: 'HTTP',
          path: '/',
          httpCodes: '200',
        },
      },
      [
        { path: 'healthCheck.httpCodes', kind: 'ADDED', before: null, after: '200' },
        { path: 'healthCheck.intervalSeconds', kind: 'CHANGED', before: 10, after: 20 },
        { path: 'healthCheck.path', kind: 'ADDED', before: null, after: '/' },
        { path: 'healthCheck.protocol', kind: 'CHANGED', before: 'TCP', after: 'HTTP' },
      ],
    ],
    ['order alone: none', { members: [second, first], memberGroups: [green, blue] }, []],
    ['no word on servers: none, they are kept', { members: undefined }, []],
    ['no word on the health check: none, it stays', { healthCheck: null }, []],
  ])('%s', async (_, changed, expected) => {
    await using pair = await startPair()
    await pair.have([ONE], ORDERS_REST)
    const input = { ...ORDERS, ...changed, instanceIds: [ONE] }
    const { instances } = await pair.plan(input)
    const changes = instances[0]?.changes.toSorted((one, other) => (one.path < other.path ? -1 : 1))
    expect(changes).toEqual(expected)
    expect(instances[0]?.action).toBe(expected.length === 0 ? 'UNCHANGED' : 'WOULD_UPDATE')
    expect(await pair.outcomes(input)).toEqual([expected.length === 0 ? 'UNCHANGED' : 'UPDATED'])
    expect((await pair.plan(input)).instances[0]?.action).toBe('UNCHANGED')
  })

  test('a first health check is ADDED whole', async () => {
    await using pair = await startPair()
    const { vpc_health_config: _, ...without } = ORDERS_REST
    await pair.have([ONE], without)
    const { instances } = await pair.plan({ ...ORDERS, instanceIds: [ONE] })
    expect(instances[0]?.changes).toEqual([
      { path: 'healthCheck', kind: 'ADDED', before: null, after: ORDERS.healthCheck },
    ])
  })

  test('a server in two ports is two servers', async () => {
    await using pair = await startPair()
    await pair.have([ONE], ORDERS_REST)
    const members = [
      ...ORDERS.members,
      { host: '192.168.0.21', port: 9090, weight: 5, memberGroupName: 'blue' },
    ]
    const { instances } = await pair.plan({ ...ORDERS, members, instanceIds: [ONE] })
    expect(instances[0]?.changes.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'ADDED members[192.168.0.21:9090]',
    ])
  })
})
