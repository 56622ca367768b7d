import { expect, test } from 'vitest'
import { PROJECT_CHANNEL, ROMA_TEST1, ROMA_TEST2, startSandbox } from './sandbox.ts'

const ID = expect.stringMatching(/^[0-9a-f]{32}$/)
const NANOSECONDS = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)

const { vpc_health_config: HEALTH_CONFIG } = PROJECT_CHANNEL

test('a batch answers every field of Table 8 for each instance, in the order asked for', async () => {
  await using sandbox = await startSandbox()
  const { status, body } = await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)
  expect(status).toBe(200)
  expect(Object.keys(body)).toEqual(['project_vpc_channels'])
  const [first, second] = body.project_vpc_channels
  expect(first).toStrictEqual({
    name: 'VPC_demo',
    port: 22,
    balance_strategy: 1,
    member_type: 'ip',
    dict_code: '',
    create_time: NANOSECONDS,
    id: ID,
    status: 1,
    member_groups: ['test', 'default'].map((name, index) => ({
      member_group_name: name,
      member_group_remark: 'remark',
      member_group_weight: index + 1,
      dict_code: '',
      member_group_id: ID,
      create_time: NANOSECONDS,
      update_time: NANOSECONDS,
    })),
    instance_id: ROMA_TEST1,
    instance_name: 'test1',
    members: ['192.168.0.5', '192.168.1.124'].map((host, index) => ({
      host,
      weight: index + 1,
      is_backup: false,
      member_group_name: ['test', 'default'][index],
      status: 1,
      port: 22,
      ecs_id: host,
      ecs_name: host,
      id: ID,
      vpc_channel_id: first.id,
      create_time: NANOSECONDS,
      member_group_id: first.member_groups[index].member_group_id,
    })),
    vpc_health_config: {
      ...HEALTH_CONFIG,
      method: 'GET',
      status: 1,
      vpc_channel_id: first.id,
      id: ID,
      create_time: NANOSECONDS,
    },
    microservice_info: {
      id: '',
      service_type: '',
      cse_info: {
        engine_id: '',
        service_id: '',
        engine_name: '',
        service_name: '',
        register_address: '',
        cse_app_id: '',
        version: '',
      },
      cce_info: {
        cluster_id: '',
        namespace: '',
        workload_type: '',
        app_name: '',
        label_key: '',
        label_value: '',
        cluster_name: '',
      },
      update_time: '',
      create_time: '',
    },
    type: 2,
  })
  expect(second).toMatchObject({ instance_id: ROMA_TEST2, instance_name: 'test2', name: 'VPC_demo' })
  expect(second.id).not.toBe(first.id)
})

test('a batch updates by name where there is such a channel, and creates it elsewhere', async () => {
  await using sandbox = await startSandbox()
  const one = { ...PROJECT_CHANNEL, instance_ids: [ROMA_TEST1] }
  const [created] = (await sandbox.send('PUT', sandbox.romaProject, one)).body.project_vpc_channels
  const { body } = await sandbox.send('PUT', sandbox.romaProject, { ...PROJECT_CHANNEL, port: 8080 })
  const [updated, other] = body.project_vpc_channels

  expect(updated).toMatchObject({ id: created.id, port: 8080, instance_id: ROMA_TEST1 })
  expect(updated.member_groups.map((group: { member_group_id: string }) => group.member_group_id)).toEqual(
    created.member_groups.map((group: { member_group_id: string }) => group.member_group_id),
  )
  expect(updated.members.map((member: { id: string }) => member.id)).toEqual(
    created.members.map((member: { id: string }) => member.id),
  )
  // Times that this call did not set come in seconds, as in the second half of the page's example.
  expect(updated.create_time).toBe(`${created.create_time.slice(0, 19)}Z`)
  expect(other).toMatchObject({ port: 8080, instance_id: ROMA_TEST2, create_time: NANOSECONDS })
})

test('servers survive a batch that names none, groups do not', async () => {
  await using sandbox = await startSandbox()
  await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)
  const { members: _, member_groups: __, ...bare } = PROJECT_CHANNEL
  const { body } = await sandbox.send('PUT', sandbox.romaProject, bare)
  for (const channel of body.project_vpc_channels) {
    expect(channel.member_groups).toEqual([])
    expect(channel.members).toMatchObject([
      { host: '192.168.0.5', member_group_name: '', member_group_id: '' },
      { host: '192.168.1.124', member_group_name: '', member_group_id: '' },
    ])
    expect(channel.vpc_health_config).toMatchObject(HEALTH_CONFIG)
  }
})

test('an empty list of servers is no server named either', async () => {
  await using sandbox = await startSandbox()
  await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)
  const { body } = await sandbox.send('PUT', sandbox.romaProject, { ...PROJECT_CHANNEL, members: [] })
  expect(body.project_vpc_channels[0].members).toHaveLength(2)
})

test('a batch keeps the type of a channel that is there, whatever type it names', async () => {
  await using sandbox = await startSandbox()
  await sandbox.send('PUT', sandbox.romaProject, { ...PROJECT_CHANNEL, instance_ids: [ROMA_TEST2] })
  const { status, body } = await sandbox.send('PUT', sandbox.romaProject, {
    ...PROJECT_CHANNEL,
    port: 81,
    type: 3,
    microservice_info: { service_type: 'CSE', cse_info: { engine_id: 'e', service_id: 's' } },
  })
  expect(status).toBe(200)
  expect(body.project_vpc_channels).toMatchObject([
    { instance_id: ROMA_TEST1, type: 3, port: 81, microservice_info: { service_type: 'CSE' } },
    { instance_id: ROMA_TEST2, type: 2, port: 81, microservice_info: { service_type: '' } },
  ])
})

test('a batch may leave the type out: servers where it is new', async () => {
  await using sandbox = await startSandbox()
  const { type: _, ...typeless } = PROJECT_CHANNEL
  const { body } = await sandbox.send('PUT', sandbox.romaProject, typeless)
  expect(body.project_vpc_channels[0].type).toBe(2)
})

test('a microservice channel answers the microservice fields of its groups', async () => {
  await using sandbox = await startSandbox()
  const { status, body } = await sandbox.send('PUT', sandbox.romaProject, {
    ...PROJECT_CHANNEL,
    type: 3,
    members: [],
    member_groups: [{ member_group_name: 'blue', microservice_version: 'v1', microservice_port: 0 }],
    microservice_info: { service_type: 'CSE', cse_info: { engine_id: 'e', service_id: 's' } },
  })
  expect(status).toBe(200)
  expect(body.project_vpc_channels[0]).toMatchObject({
    type: 3,
    member_groups: [{ member_group_name: 'blue', microservice_version: 'v1', microservice_port: 0 }],
    microservice_info: {
      service_type: 'CSE',
      cse_info: { engine_id: 'e', service_id: 's', engine_name: '' },
    },
  })
})

test('a create for several instances is refused whole where one has the name already', async () => {
  await using sandbox = await startSandbox()
  const one = { ...PROJECT_CHANNEL, instance_ids: [ROMA_TEST2] }
  expect((await sandbox.send('POST', sandbox.romaProject, one)).status).toBe(201)
  expect(await sandbox.send('POST', sandbox.romaProject, PROJECT_CHANNEL)).toMatchObject({
    status: 400,
    body: { error_code: 'APIG.3208' },
  })
  const named = await sandbox.send('GET', `${sandbox.romaProject}?name=VPC_demo`)
  expect(named.body.total).toBe(1)
})

test("the project's list has servers and health checks only when asked for them", async () => {
  await using sandbox = await startSandbox()
  await sandbox.send('PUT', sandbox.romaProject, PROJECT_CHANNEL)
  const plain = await sandbox.send('GET', `${sandbox.romaProject}?name=VPC_demo`)
  expect(plain.body).toMatchObject({ size: 2, total: 2 })
  expect(plain.body.project_vpc_channels[0]).toMatchObject({
    instance_id: ROMA_TEST1,
    instance_name: 'test1',
  })
  expect(plain.body.project_vpc_channels[0]).not.toHaveProperty('members')
  expect(plain.body.project_vpc_channels[0]).not.toHaveProperty('vpc_health_config')

  const full = await sandbox.send('GET', `${sandbox.romaProject}?name=VPC_demo&members_return=true`)
  expect(full.body.project_vpc_channels[1]).toMatchObject({
    instance_id: ROMA_TEST2,
    members: [{ host: '192.168.0.5' }, { host: '192.168.1.124' }],
    vpc_health_config: HEALTH_CONFIG,
  })
})
