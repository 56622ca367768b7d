import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BARE_CHANNEL,
  MICROSERVICE_CHANNEL,
  PROJECT_CHANNEL,
  ROMA_NAME_MODIFIABLE,
  ROMA_TEST1,
  SERVER_CHANNEL,
  startSandbox,
} from './sandbox.ts'

type Row = readonly [what: string, body: unknown, status: number, code: string, parameter: string]

const without = (channel: object, key: string) =>
  Object.fromEntries(Object.entries(channel).filter(([name]) => name !== key))
const withHealth = (changes: object) => ({
  ...BARE_CHANNEL,
  vpc_health_config: { ...SERVER_CHANNEL.vpc_health_config, ...changes },
})
const healthWithout = (key: string) => ({
  ...BARE_CHANNEL,
  vpc_health_config: without(SERVER_CHANNEL.vpc_health_config, key),
})
const withMember = (member: object) => ({ ...BARE_CHANNEL, members: [member] })
const withGroup = (group: object) => ({
  ...BARE_CHANNEL,
  member_groups: [{ member_group_name: 'a', ...group }],
})
const microservice = (info: object) => ({ ...BARE_CHANNEL, type: 3, microservice_info: info })
const cce = (changes: object) =>
  microservice({
    service_type: 'CCE',
    cce_info: { ...MICROSERVICE_CHANNEL.microservice_info.cce_info, ...changes },
  })

const APIG_ROWS: Row[] = [
  ['no name', without(BARE_CHANNEL, 'name'), 400, 'APIG.2001', 'name'],
  ['no port', without(BARE_CHANNEL, 'port'), 400, 'APIG.2001', 'port'],
  ['no algorithm', without(BARE_CHANNEL, 'balance_strategy'), 400, 'APIG.2001', 'balance_strategy'],
  ['no member type', without(BARE_CHANNEL, 'member_type'), 400, 'APIG.2001', 'member_type'],
  ['a name of null', { ...BARE_CHANNEL, name: null }, 400, 'APIG.2001', 'name'],
  ['a dictionary code of null', { ...BARE_CHANNEL, dict_code: null }, 400, 'APIG.2012', 'dict_code'],
  ['members of null', { ...BARE_CHANNEL, members: null }, 400, 'APIG.2012', 'members'],
  ['a member of null', { ...BARE_CHANNEL, members: [null] }, 400, 'APIG.2012', 'members'],
  ['an unknown key', { ...BARE_CHANNEL, colour: 'red' }, 400, 'APIG.2000', 'colour'],
  ['an unknown key of a member', withMember({ host: '10.0.0.1', colour: 1 }), 400, 'APIG.2000', 'colour'],
  ['__proto__', '{"__proto__":{},"name":"bare"}', 400, 'APIG.2000', '__proto__'],
  ['a name too short', { ...BARE_CHANNEL, name: 'ab' }, 400, 'APIG.2005', 'name'],
  ['a name too long', { ...BARE_CHANNEL, name: 'a'.repeat(65) }, 400, 'APIG.2006', 'name'],
  ['a name with a dot', { ...BARE_CHANNEL, name: 'a.b' }, 400, 'APIG.2012', 'name'],
  ['a name that begins with a digit', { ...BARE_CHANNEL, name: '1abc' }, 400, 'APIG.2012', 'name'],
  ['a port as text', { ...BARE_CHANNEL, port: '22' }, 400, 'APIG.2012', 'port'],
  ['half a port', { ...BARE_CHANNEL, port: 22.5 }, 400, 'APIG.2012', 'port'],
  ['port 0', { ...BARE_CHANNEL, port: 0 }, 400, 'APIG.2002', 'port'],
  ['port 65536', { ...BARE_CHANNEL, port: 65_536 }, 400, 'APIG.2003', 'port'],
  ['algorithm 5', { ...BARE_CHANNEL, balance_strategy: 5 }, 400, 'APIG.2003', 'balance_strategy'],
  ['member type elb', { ...BARE_CHANNEL, member_type: 'elb' }, 400, 'APIG.2012', 'member_type'],
  ['type 1', { ...BARE_CHANNEL, type: 1 }, 400, 'APIG.2002', 'type'],
  ['a dictionary code too short', { ...BARE_CHANNEL, dict_code: 'ab' }, 400, 'APIG.2005', 'dict_code'],
  ['members as an object', { ...BARE_CHANNEL, members: {} }, 400, 'APIG.2012', 'members'],
  ['an ip member without host', withMember({ weight: 1 }), 400, 'APIG.2001', 'host'],
  [
    'an ecs member without id',
    { ...withMember({ ecs_name: 'ecs-web-01' }), member_type: 'ecs' },
    400,
    'APIG.2001',
    'ecs_id',
  ],
  [
    'an ecs member without name',
    { ...withMember({ ecs_id: '6c41b1f0' }), member_type: 'ecs' },
    400,
    'APIG.2001',
    'ecs_name',
  ],
  [
    'an unknown cloud server',
    { ...withMember({ ecs_id: 'no-such-ecs', ecs_name: 'gone' }), member_type: 'ecs' },
    404,
    'APIG.3092',
    'no-such-ecs',
  ],
  ['weight 10001', withMember({ host: '10.0.0.1', weight: 10_001 }), 400, 'APIG.2003', 'weight'],
  ['a negative weight', withMember({ host: '10.0.0.1', weight: -1 }), 400, 'APIG.2002', 'weight'],
  ['is_backup as a number', withMember({ host: '10.0.0.1', is_backup: 1 }), 400, 'APIG.2012', 'is_backup'],
  ['member status 3', withMember({ host: '10.0.0.1', status: 3 }), 400, 'APIG.2003', 'status'],
  ['a host too long', withMember({ host: '1'.repeat(65) }), 400, 'APIG.2006', 'host'],
  [
    'a group nobody declared',
    { ...withGroup({}), members: [{ host: '10.0.0.1', member_group_name: 'b' }] },
    400,
    'APIG.2012',
    'member_group_name',
  ],
  ['a group without name', { ...BARE_CHANNEL, member_groups: [{}] }, 400, 'APIG.2001', 'member_group_name'],
  [
    'two groups of one name',
    { ...BARE_CHANNEL, member_groups: [{ member_group_name: 'a' }, { member_group_name: 'a' }] },
    400,
    'APIG.2012',
    'member_group_name',
  ],
  ['group weight 101', withGroup({ member_group_weight: 101 }), 400, 'APIG.2003', 'member_group_weight'],
  [
    'a version for servers',
    withGroup({ microservice_version: 'v1' }),
    400,
    'APIG.2012',
    'microservice_version',
  ],
  [
    'a label that ends with a dash',
    withGroup({ microservice_labels: [{ label_name: 'a-', label_value: 'b' }] }),
    400,
    'APIG.2012',
    'label_name',
  ],
  ['a check without protocol', healthWithout('protocol'), 400, 'APIG.2001', 'protocol'],
  ['a check without timeout', healthWithout('timeout'), 400, 'APIG.2001', 'timeout'],
  ['a check without interval', healthWithout('time_interval'), 400, 'APIG.2001', 'time_interval'],
  ['an http check without path', healthWithout('path'), 400, 'APIG.2001', 'path'],
  ['an http check without codes', healthWithout('http_code'), 400, 'APIG.2001', 'http_code'],
  ['an https check without path', withHealth({ protocol: 'HTTPS', path: '' }), 400, 'APIG.2001', 'path'],
  ['protocol udp', withHealth({ protocol: 'udp' }), 400, 'APIG.2012', 'protocol'],
  ['method POST', withHealth({ method: 'POST' }), 400, 'APIG.2012', 'method'],
  ['threshold 1', withHealth({ threshold_normal: 1 }), 400, 'APIG.2002', 'threshold_normal'],
  ['threshold 11', withHealth({ threshold_abnormal: 11 }), 400, 'APIG.2003', 'threshold_abnormal'],
  ['interval 4', withHealth({ time_interval: 4 }), 400, 'APIG.2002', 'time_interval'],
  ['timeout 31', withHealth({ timeout: 31, time_interval: 60 }), 400, 'APIG.2003', 'timeout'],
  ['a timeout as long as the interval', withHealth({ timeout: 10 }), 400, 'APIG.2004', 'timeout'],
  ['code 600', withHealth({ http_code: '200,600' }), 400, 'APIG.2012', 'http_code'],
  ['a microservice channel of nothing', { ...BARE_CHANNEL, type: 3 }, 400, 'APIG.2001', 'microservice_info'],
  [
    'a microservice for servers',
    { ...MICROSERVICE_CHANNEL, type: 2, member_groups: [], members: [] },
    400,
    'APIG.2012',
    'microservice_info',
  ],
  ['no service type', microservice({}), 400, 'APIG.2001', 'service_type'],
  ['CSE without details', microservice({ service_type: 'CSE' }), 400, 'APIG.2001', 'cse_info'],
  ['CCE without details', microservice({ service_type: 'CCE' }), 400, 'APIG.2001', 'cce_info'],
  [
    'CSE without service',
    microservice({ service_type: 'CSE', cse_info: { engine_id: 'e' } }),
    400,
    'APIG.2001',
    'service_id',
  ],
  [
    'both registries',
    microservice({
      service_type: 'CCE',
      cce_info: MICROSERVICE_CHANNEL.microservice_info.cce_info,
      cse_info: { engine_id: 'e', service_id: 's' },
    }),
    400,
    'APIG.2012',
    'cse_info',
  ],
  ['an unknown workload', cce({ workload_type: 'job' }), 400, 'APIG.2012', 'workload_type'],
  ['half a pair of labels', cce({ app_name: '', label_key: 'app' }), 400, 'APIG.2001', 'app_name'],
  ['an array', [BARE_CHANNEL], 400, 'APIG.2000', 'JSON object'],
  ['no JSON', '{"name":', 400, 'APIG.2000', 'JSON'],
]

const ROMA_ROWS: Row[] = [
  ['no name', without(PROJECT_CHANNEL, 'name'), 400, 'APIG.2011', 'name'],
  ['no instances', without(PROJECT_CHANNEL, 'instance_ids'), 400, 'APIG.2011', 'instance_ids'],
  ['an empty list of instances', { ...PROJECT_CHANNEL, instance_ids: [] }, 400, 'APIG.2011', 'instance_ids'],
  [
    'eleven instances',
    { ...PROJECT_CHANNEL, instance_ids: Array.from({ length: 11 }, (_, index) => `instance-${index}`) },
    400,
    'APIG.2003',
    'instance_ids',
  ],
  [
    'an instance twice',
    { ...PROJECT_CHANNEL, instance_ids: [ROMA_TEST1, ROMA_TEST1] },
    400,
    'APIG.2012',
    'instance_ids',
  ],
  [
    "the page's own wrapper",
    { project_vpc_channels: PROJECT_CHANNEL },
    400,
    'APIG.2000',
    'project_vpc_channels',
  ],
  ['a Chinese name', { ...PROJECT_CHANNEL, name: '订单通道' }, 400, 'APIG.2012', 'name'],
  ['a dictionary code with a dot', { ...PROJECT_CHANNEL, dict_code: 'a.b' }, 400, 'APIG.2012', 'dict_code'],
  ['a type as text', { ...PROJECT_CHANNEL, type: 'BUILTIN' }, 400, 'APIG.2012', 'type'],
  [
    'an unknown instance',
    { ...PROJECT_CHANNEL, instance_ids: [ROMA_TEST1, 'nowhere'] },
    404,
    'APIG.3030',
    'id:nowhere',
  ],
  [
    'an instance whose names may change',
    { ...PROJECT_CHANNEL, instance_ids: [ROMA_TEST1, ROMA_NAME_MODIFIABLE] },
    412,
    'APIG.3458',
    ROMA_NAME_MODIFIABLE,
  ],
]

describe('APIG refuses', () => {
  test.each(APIG_ROWS)('%s', async (_, body, status, code, parameter) => {
    await using sandbox = await startSandbox()
    const before = (await sandbox.send('GET', sandbox.apig)).body.total
    const reply = await sandbox.send('POST', sandbox.apig, body)
    expect(reply).toMatchObject({ status, body: { error_code: code } })
    expect(reply.body.error_msg).toContain(parameter)
    expect((await sandbox.send('GET', sandbox.apig)).body.total).toBe(before)
  })
})

describe('a batch of ROMA Connect refuses', () => {
  test.each(ROMA_ROWS)('%s', async (_, body, status, code, parameter) => {
    await using sandbox = await startSandbox()
    const before = (await sandbox.send('GET', sandbox.romaProject)).body
    const reply = await sandbox.send('PUT', sandbox.romaProject, body)
    expect(reply).toMatchObject({ status, body: { error_code: code } })
    expect(reply.body.error_msg).toContain(parameter)
    expect((await sandbox.send('GET', sandbox.romaProject)).body).toStrictEqual(before)
  })
})

test("a missing parameter is named in the words of the product's page", async () => {
  await using sandbox = await startSandbox()
  const noMembers = await sandbox.send('POST', sandbox.apig, without(BARE_CHANNEL, 'port'))
  expect(noMembers.body).toStrictEqual({
    error_code: 'APIG.2001',
    error_msg: 'The request parameters must be specified, parameter name:port',
  })
  const noName = await sandbox.send('PUT', sandbox.romaProject, without(PROJECT_CHANNEL, 'name'))
  expect(noName.body).toStrictEqual({
    error_code: 'APIG.2011',
    error_msg:
      'The request parameters must be specified,parameterName:name. Please refer to the support documentation',
  })
})

test('what only one of the pages allows, only that product takes', async () => {
  await using sandbox = await startSandbox()
  const impatient = withHealth({ threshold_normal: 1, threshold_abnormal: 1, method: 'OPTIONS' })
  const secure = healthWithout('path')
  const pathless = {
    ...secure,
    name: 'pathless',
    vpc_health_config: { ...secure.vpc_health_config, protocol: 'https' },
  }
  expect((await sandbox.send('POST', sandbox.roma, impatient)).status).toBe(201)
  expect((await sandbox.send('POST', sandbox.roma, pathless)).status).toBe(201)
  expect((await sandbox.send('POST', sandbox.apig, impatient)).status).toBe(400)
  expect((await sandbox.send('POST', sandbox.apig, pathless)).status).toBe(400)
  expect((await sandbox.send('POST', sandbox.apig, { ...BARE_CHANNEL, dict_code: 'a.b' })).status).toBe(201)
})

test('a body of another type than JSON is refused', async () => {
  await using sandbox = await startSandbox()
  const reply = await sandbox.send('POST', sandbox.apig, BARE_CHANNEL, { 'content-type': 'text/plain' })
  expect(reply).toMatchObject({ status: 400, body: { error_code: 'APIG.2000' } })
})

test('whatever else is sent is refused as a bad request, and never breaks the simulator', async () => {
  await using sandbox = await startSandbox()
  const value = fc.oneof(fc.constant(undefined), fc.jsonValue())
  const keys = [...Object.keys(MICROSERVICE_CHANNEL), ...Object.keys(PROJECT_CHANNEL), 'dict_code']
  const misfit = fc
    .dictionary(fc.constantFrom(...keys), value, { minKeys: 1 })
    // No name that would do: the call must not succeed by chance.
    .map((changes) => ({ ...PROJECT_CHANNEL, ...changes, name: '-' }))
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.jsonValue(), misfit), async (body) => {
      for (const [method, path] of [
        ['POST', sandbox.apig],
        ['PUT', sandbox.romaProject],
      ] as const) {
        const reply = await sandbox.send(method, path, JSON.stringify(body))
        expect(reply.status).toBe(400)
        expect(reply.body.error_code).toMatch(/^APIG\.20\d\d$/)
      }
    }),
  )
})
