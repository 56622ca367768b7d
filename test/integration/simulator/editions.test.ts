import { describe, expect, test } from 'vitest'
import { BARE_CHANNEL, PROJECT_CHANNEL, ROMA_TEST2, SERVER_CHANNEL, startSandbox } from './sandbox.ts'

const CURRENT = { edition: 'current' } as const

/** What Terraform's provider sends for a channel with nothing in it. */
const OF_TERRAFORM = {
  name: 'from.terraform',
  port: 80,
  balance_strategy: 1,
  type: 0,
  vpc_channel_type: 'builtin',
  member_groups: null,
  members: null,
}

const CHECK = {
  protocol: 'https',
  path: '/',
  threshold_normal: 1,
  threshold_abnormal: 1,
  time_interval: 1,
  timeout: 1,
}

describe.each(['apig', 'roma'] as const)('today a create of %s', (product) => {
  test('takes null lists, and servers of ECS where the request does not say', async () => {
    await using sandbox = await startSandbox(CURRENT)
    const created = await sandbox.send('POST', sandbox[product], OF_TERRAFORM)
    expect(created).toMatchObject({
      status: 201,
      body: { type: 2, vpc_channel_type: 'builtin', member_type: 'ecs', member_groups: [] },
    })
    const path = `${sandbox[product]}/${created.body.id}`
    expect((await sandbox.send('PUT', path, OF_TERRAFORM)).status).toBe(200)
    expect((await sandbox.send('GET', path)).body).toMatchObject({ members: [], member_groups: [] })
  })

  test.each([
    ['two types that differ', { type: 3, vpc_channel_type: 'builtin' }, 'APIG.2012', 'vpc_channel_type'],
    ['a type of neither kind', { type: 1 }, 'APIG.2012', 'type'],
    ['a kind that is unknown', { vpc_channel_type: 'server' }, 'APIG.2012', 'vpc_channel_type'],
    [
      'a short group name',
      { member_groups: [{ member_group_name: 'ab' }] },
      'APIG.2005',
      'member_group_name',
    ],
    [
      'a group name of a digit',
      { member_groups: [{ member_group_name: '1st' }] },
      'APIG.2012',
      'member_group_name',
    ],
    [
      'a reference of a channel of servers',
      { member_groups: [{ member_group_name: 'one', reference_vpc_channel_id: 'x' }] },
      'APIG.2012',
      'reference_vpc_channel_id',
    ],
    [
      'a long group name',
      { member_groups: [{ member_group_name: 'g'.repeat(65) }] },
      'APIG.2006',
      'member_group_name',
    ],
    ['null elsewhere', { dict_code: null }, 'APIG.2012', 'dict_code'],
  ])('refuses %s', async (_, fields, code, parameter) => {
    await using sandbox = await startSandbox(CURRENT)
    const { status, body } = await sandbox.send('POST', sandbox[product], { ...BARE_CHANNEL, ...fields })
    expect([status, body.error_code]).toEqual([400, code])
    expect(body.error_msg).toContain(`parameterName:${parameter}.`)
  })

  test('takes type 3 without a microservice for servers', async () => {
    await using sandbox = await startSandbox(CURRENT)
    const { body } = await sandbox.send('POST', sandbox[product], { ...BARE_CHANNEL, type: 3 })
    expect(body).toMatchObject({ type: 2, vpc_channel_type: 'builtin' })
  })

  test('takes names with dots and Chinese, and dots in dictionary codes', async () => {
    await using sandbox = await startSandbox(CURRENT)
    const fields = { name: '订单.v2', dict_code: 'a.b', member_groups: [{ member_group_name: '甲.v2' }] }
    const { status } = await sandbox.send('POST', sandbox[product], { ...BARE_CHANNEL, ...fields })
    expect(status).toBe(201)
    const found = await sandbox.send('GET', `${sandbox[product]}?dict_code=a.b`)
    expect(found.body).toMatchObject({ total: 1, vpc_channels: [{ name: '订单.v2' }] })
  })

  test('makes a reference channel, which has no servers', async () => {
    await using sandbox = await startSandbox(CURRENT)
    const target = await sandbox.send('POST', sandbox[product], BARE_CHANNEL)
    const { body } = await sandbox.send('POST', sandbox[product], {
      ...BARE_CHANNEL,
      name: 'pointer',
      vpc_channel_type: 'reference',
      member_groups: [{ member_group_name: 'one', reference_vpc_channel_id: target.body.id }],
      members: [{ host: '192.168.0.1', member_group_name: 'one' }],
    })
    expect(body).toMatchObject({
      type: 0,
      vpc_channel_type: 'reference',
      member_groups: [{ reference_vpc_channel_id: target.body.id }],
    })
    const path = `${sandbox[product]}/${body.id}`
    expect((await sandbox.send('GET', path)).body.members).toEqual([])
    const updated = { ...BARE_CHANNEL, name: 'pointer', members: [{ host: '192.168.0.1' }] }
    expect((await sandbox.send('PUT', path, updated)).status).toBe(200)
    expect((await sandbox.send('GET', path)).body.members).toEqual([])
  })
})

describe('the pages of 2023', () => {
  test.each([
    [{ ...BARE_CHANNEL, vpc_channel_type: 'builtin' }, 'APIG.2000'],
    [{ ...BARE_CHANNEL, members: null }, 'APIG.2012'],
    [{ ...BARE_CHANNEL, name: 'with.dot' }, 'APIG.2012'],
    [{ ...BARE_CHANNEL, vpc_health_config: CHECK }, 'APIG.2002'],
    [{ name: 'no-type', port: 80, balance_strategy: 1 }, 'APIG.2001'],
  ])('do not know %o', async (request, code) => {
    await using sandbox = await startSandbox()
    expect(await sandbox.send('POST', sandbox.apig, request)).toMatchObject({
      status: 400,
      body: { error_code: code },
    })
    const { body } = await sandbox.send('GET', sandbox.apig)
    expect(body.vpc_channels[0]).not.toHaveProperty('vpc_channel_type')
  })
})

test('today APIG takes a check of a second, and ROMA Connect one of five', async () => {
  await using sandbox = await startSandbox(CURRENT)
  const request = { ...BARE_CHANNEL, vpc_health_config: CHECK }
  expect((await sandbox.send('POST', sandbox.apig, request)).status).toBe(201)
  expect((await sandbox.send('POST', sandbox.roma, request)).body.error_code).toBe('APIG.2002')
})

test('today hosts of APIG are longer, remarks bounded', async () => {
  await using sandbox = await startSandbox(CURRENT)
  const ofHost = { ...BARE_CHANNEL, members: [{ host: 'h'.repeat(255) }] }
  expect((await sandbox.send('POST', sandbox.apig, ofHost)).status).toBe(201)
  expect((await sandbox.send('POST', sandbox.roma, ofHost)).body.error_code).toBe('APIG.2006')
  const remark = { member_group_name: 'one', member_group_remark: 'r'.repeat(256) }
  const ofRemark = { ...BARE_CHANNEL, name: 'remark', member_groups: [remark] }
  expect((await sandbox.send('POST', sandbox.apig, ofRemark)).body.error_code).toBe('APIG.2006')
  expect((await sandbox.send('POST', sandbox.roma, ofRemark)).status).toBe(201)
})

test('today APIG corrects a limit, and ROMA Connect refuses it', async () => {
  await using sandbox = await startSandbox(CURRENT)
  for (const [limit, size] of [
    [0, 20],
    [-1, 20],
    [501, 23],
  ]) {
    const path = `${sandbox.apig.replace('/vpc-channels', '/features')}?limit=${limit}`
    expect((await sandbox.send('GET', path)).body.size).toBe(size)
    const ofRoma = path.replace(
      sandbox.apig.replace('/vpc-channels', ''),
      sandbox.roma.replace('/vpc-channels', ''),
    )
    expect((await sandbox.send('GET', ofRoma)).status).toBe(400)
  }
})

test('today APIG lists channels by kind', async () => {
  await using sandbox = await startSandbox(CURRENT)
  await sandbox.send('POST', sandbox.apig, { ...BARE_CHANNEL, vpc_channel_type: 'reference' })
  const { body } = await sandbox.send('GET', `${sandbox.apig}?vpc_channel_type=reference`)
  expect(body.vpc_channels.map(({ name }: { name: string }) => name)).toEqual(['bare'])
})

test('today a server of APIG has a health', async () => {
  await using sandbox = await startSandbox(CURRENT)
  for (const [request, health] of [
    [{ ...BARE_CHANNEL, members: [{ host: '192.168.0.1' }] }, 'unknown'],
    [SERVER_CHANNEL, 'healthy'],
  ]) {
    const { body } = await sandbox.send('POST', sandbox.apig, request)
    const shown = await sandbox.send('GET', `${sandbox.apig}/${body.id}/members`)
    expect(shown.body.members[0].health_status).toBe(health)
  }
})

test.each([
  [
    'CCE_SERVICE',
    {
      cce_service_info: {
        cluster_id: 'ab1485b4f91b45abbcd560be591f7309',
        namespace: 'ns',
        service_name: 's',
      },
    },
  ],
  [
    'NACOS',
    {
      nacos_info: {
        service_name: 's',
        server_config: [{ ip_address: '192.168.0.9', port: 8848 }],
        user_info: { user_name: 'u', password: 'p' },
      },
    },
  ],
])('today APIG has microservices of %s', async (service_type, info) => {
  await using sandbox = await startSandbox(CURRENT)
  const request = {
    ...BARE_CHANNEL,
    vpc_channel_type: 'microservice',
    microservice_info: { service_type, ...info },
  }
  const { status, body } = await sandbox.send('POST', sandbox.apig, request)
  expect(status).toBe(201)
  const shown = await sandbox.send('GET', `${sandbox.apig}/${body.id}`)
  expect(shown.body).toMatchObject({ type: 3, microservice_info: { service_type, ...info } })
  expect(shown.body).not.toHaveProperty('members')
  expect((await sandbox.send('POST', sandbox.roma, request)).body.error_code).toBe('APIG.2000')
})

test('today the name of a new channel must be free in the whole project', async () => {
  const other = { ...PROJECT_CHANNEL, instance_ids: [ROMA_TEST2] }
  for (const [edition, status] of [
    ['pages', 201],
    ['current', 400],
  ] as const) {
    await using sandbox = await startSandbox({ edition })
    await sandbox.send('POST', sandbox.roma, SERVER_CHANNEL)
    expect((await sandbox.send('POST', sandbox.romaProject, other)).status).toBe(status)
  }
})
