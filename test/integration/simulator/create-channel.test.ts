import { expect, test } from 'vitest'
import { APIG_INSTANCE, BARE_CHANNEL, MICROSERVICE_CHANNEL, SERVER_CHANNEL, startSandbox } from './sandbox.ts'

const ID = expect.stringMatching(/^[0-9a-f]{32}$/)
const NANOSECONDS = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)

const NO_CSE = {
  cse_app_id: '',
  engine_id: '',
  engine_name: '',
  register_address: '',
  service_id: '',
  service_name: '',
}

const ANSWERED = {
  name: 'VPC_demo',
  id: ID,
  balance_strategy: 1,
  dict_code: '',
  create_time: NANOSECONDS,
  member_type: 'ip',
  port: 22,
  status: 1,
}
const TEST_GROUP = {
  member_group_id: ID,
  member_group_name: 'test',
  member_group_weight: 1,
  member_group_remark: 'remark',
  create_time: NANOSECONDS,
  update_time: NANOSECONDS,
}
const DEFAULT_GROUP = { ...TEST_GROUP, member_group_name: 'default', member_group_weight: 2 }

test("a server channel is answered as the APIG page's first example", async () => {
  await using sandbox = await startSandbox()
  const { status, body } = await sandbox.send('POST', sandbox.apig, SERVER_CHANNEL)
  expect(status).toBe(201)
  expect(body).toStrictEqual({
    ...ANSWERED,
    member_groups: [
      {
        ...TEST_GROUP,
        microservice_version: '',
        microservice_port: 0,
      },
      {
        ...DEFAULT_GROUP,
        microservice_version: '',
        microservice_port: 0,
      },
    ],
    type: 2,
    microservice_info: {
      id: '',
      instance_id: '',
      service_type: '',
      cse_info: NO_CSE,
      cce_info: { cluster_id: '', cluster_name: '', namespace: '', workload_type: '', app_name: '' },
      create_time: '',
      update_time: '',
    },
  })
})

test("a microservice channel is answered as the APIG page's second example", async () => {
  await using sandbox = await startSandbox()
  const { status, body } = await sandbox.send('POST', sandbox.apig, MICROSERVICE_CHANNEL)
  expect(status).toBe(201)
  expect(body).toStrictEqual({
    ...ANSWERED,
    member_groups: [
      {
        ...TEST_GROUP,
        microservice_version: 'v1',
        microservice_port: 80,
      },
      {
        ...DEFAULT_GROUP,
        microservice_version: 'v2',
        microservice_port: 80,
        microservice_labels: [
          { label_name: 'cluster_id', label_value: 'c429700c-5dc4-482a-9c0e-99f6c0635113' },
        ],
      },
    ],
    type: 3,
    microservice_info: {
      id: ID,
      instance_id: APIG_INSTANCE,
      service_type: 'CCE',
      cse_info: NO_CSE,
      cce_info: {
        cluster_id: 'ab1485b4f91b45abbcd560be591f7309',
        cluster_name: 'cce-test',
        namespace: 'default',
        workload_type: 'deployment',
        app_name: 'testapp',
      },
      create_time: NANOSECONDS,
      update_time: NANOSECONDS,
    },
  })
})

test('a channel of a known CSE microservice answers the names behind its ids', async () => {
  await using sandbox = await startSandbox()
  const { body } = await sandbox.send('POST', sandbox.apig, {
    ...BARE_CHANNEL,
    type: 3,
    microservice_info: {
      service_type: 'CSE',
      cse_info: { engine_id: '9c25b05d-a1d2-4d5e-9b0a-3b7f0c1e2d3a', service_id: '8aed4e1b0b7d9c5a' },
    },
  })
  expect(body.microservice_info.cse_info).toStrictEqual({
    cse_app_id: 'shop',
    engine_id: '9c25b05d-a1d2-4d5e-9b0a-3b7f0c1e2d3a',
    engine_name: 'cse-sandbox',
    register_address: 'https://192.168.0.30:30100',
    service_id: '8aed4e1b0b7d9c5a',
    service_name: 'orders',
  })
})

test('a workload may be named by a pair of labels in place of its app name', async () => {
  await using sandbox = await startSandbox()
  const { status, body } = await sandbox.send('POST', sandbox.apig, {
    ...BARE_CHANNEL,
    type: 3,
    microservice_info: {
      service_type: 'CCE',
      cce_info: {
        cluster_id: 'unknown-cluster',
        namespace: 'default',
        workload_type: 'statefulset',
        label_key: 'app',
        label_value: 'orders',
      },
    },
  })
  expect(status).toBe(201)
  expect(body.microservice_info.cce_info).toMatchObject({
    cluster_name: '',
    label_key: 'app',
    label_value: 'orders',
  })
})

test('the same channel shown later has its servers and health check, and its times in seconds', async () => {
  await using sandbox = await startSandbox({ now: () => new Date('2020-07-23T07:11:57.244Z') })
  const created = await sandbox.send('POST', sandbox.apig, SERVER_CHANNEL)
  expect(created.body.create_time).toMatch(/^2020-07-23T07:11:57\.244\d{6}Z$/)

  const { status, body } = await sandbox.send('GET', `${sandbox.apig}/${created.body.id}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ id: created.body.id, create_time: '2020-07-23T07:11:57Z', type: 2 })
  const [test, other] = created.body.member_groups
  expect(body.members).toStrictEqual([
    {
      host: '192.168.0.5',
      weight: 1,
      is_backup: false,
      member_group_name: 'test',
      status: 1,
      port: 22,
      ecs_id: '192.168.0.5',
      ecs_name: '192.168.0.5',
      id: ID,
      vpc_channel_id: created.body.id,
      create_time: '2020-07-23T07:11:57Z',
      member_group_id: test.member_group_id,
    },
    {
      host: '192.168.1.124',
      weight: 2,
      is_backup: false,
      member_group_name: 'default',
      status: 1,
      port: 22,
      ecs_id: '192.168.1.124',
      ecs_name: '192.168.1.124',
      id: ID,
      vpc_channel_id: created.body.id,
      create_time: '2020-07-23T07:11:57Z',
      member_group_id: other.member_group_id,
    },
  ])
  expect(body.vpc_health_config).toStrictEqual({
    protocol: 'http',
    path: '/vpc/demo',
    method: 'GET',
    port: 22,
    threshold_normal: 2,
    threshold_abnormal: 5,
    time_interval: 10,
    http_code: '200',
    enable_client_ssl: false,
    status: 1,
    timeout: 5,
    id: ID,
    vpc_channel_id: created.body.id,
    create_time: '2020-07-23T07:11:57Z',
  })
})

test('a health check sent in capitals, as the tables spell it, is answered in lower case', async () => {
  await using sandbox = await startSandbox()
  const config = { protocol: 'TCP', threshold_normal: 2, threshold_abnormal: 2, time_interval: 5, timeout: 4 }
  const { body } = await sandbox.send('POST', sandbox.apig, { ...BARE_CHANNEL, vpc_health_config: config })
  const shown = await sandbox.send('GET', `${sandbox.apig}/${body.id}`)
  expect(shown.body.vpc_health_config).toMatchObject({ protocol: 'tcp', path: '', http_code: '', port: 0 })
})

test('a channel of cloud servers answers their addresses', async () => {
  await using sandbox = await startSandbox()
  const { id, name, privateIp } = sandbox.seed.servers[3]!
  const { status, body } = await sandbox.send('POST', sandbox.apig, {
    ...BARE_CHANNEL,
    member_type: 'ecs',
    members: [{ ecs_id: id, ecs_name: name, port: 8443, is_backup: true, status: 2 }],
  })
  expect(status).toBe(201)
  const members = await sandbox.send('GET', `${sandbox.apig}/${body.id}/members`)
  expect(members.body).toMatchObject({
    size: 1,
    total: 1,
    members: [{ host: privateIp, ecs_id: id, ecs_name: name, port: 8443, is_backup: true, status: 2 }],
  })
})

test('a Chinese name is welcome in APIG', async () => {
  await using sandbox = await startSandbox()
  const { status, body } = await sandbox.send('POST', sandbox.apig, { ...BARE_CHANNEL, name: '支付通道_1' })
  expect([status, body.name]).toEqual([201, '支付通道_1'])
})

test('ROMA Connect creates on one instance too', async () => {
  await using sandbox = await startSandbox()
  const { status, body } = await sandbox.send('POST', sandbox.roma, SERVER_CHANNEL)
  expect(status).toBe(201)
  expect(body).toMatchObject({ name: 'VPC_demo', type: 2, status: 1 })
  expect(body).not.toHaveProperty('members')
  expect(body).not.toHaveProperty('vpc_health_config')
})

test('a name is unique on its instance', async () => {
  await using sandbox = await startSandbox()
  await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)
  expect(await sandbox.send('POST', sandbox.apig, BARE_CHANNEL)).toMatchObject({
    status: 400,
    body: { error_code: 'APIG.3208' },
  })
  const elsewhere = sandbox.apig.replace(APIG_INSTANCE, 'c62f1d9b0e7a4c58b3d4f6a8e9012b7d')
  expect((await sandbox.send('POST', elsewhere, BARE_CHANNEL)).status).toBe(201)
})

test('the thirty-first channel of a user is refused, whichever instance it is for', async () => {
  await using sandbox = await startSandbox()
  const elsewhere = sandbox.apig.replace(APIG_INSTANCE, 'c62f1d9b0e7a4c58b3d4f6a8e9012b7d')
  const seeded = (await sandbox.send('GET', sandbox.apig)).body.total
  for (let count = seeded; count < 30; count += 1) {
    const { status } = await sandbox.send('POST', sandbox.apig, { ...BARE_CHANNEL, name: `channel-${count}` })
    expect(status).toBe(201)
  }
  expect(await sandbox.send('POST', elsewhere, BARE_CHANNEL)).toMatchObject({
    status: 403,
    body: { error_code: 'APIG.3109' },
  })
})

test.each([
  ['an unknown instance', '0000'],
  ["another product's instance", 'eea73cde015940908ae0117d67bf7330'],
  ["another project's instance", 'f1a73cde015940908ae0117d67bf7330'],
])('%s does not exist', async (_, id) => {
  await using sandbox = await startSandbox()
  const { status, body } = await sandbox.send('POST', sandbox.apig.replace(APIG_INSTANCE, id), BARE_CHANNEL)
  expect(status).toBe(404)
  expect(body).toStrictEqual({
    error_code: 'APIG.3030',
    error_msg: `The instance does not exist;id:${id}`,
  })
})
