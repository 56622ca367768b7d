import { describe, expect, test } from 'vitest'
import { WholeVpcChannelDocument } from '../support/generated/graphql.ts'
import {
  EMPTY_CCE,
  EMPTY_CSE,
  EMPTY_GROUP,
  EMPTY_HEALTH_CHECK,
  EMPTY_MEMBER,
  SMALLEST_ANSWER,
  SMALLEST_CHANNEL,
} from './answered-channel.ts'
import { APIG_INSTANCE, CHANNEL_ID, ROMA_INSTANCES, startPair } from './start-pair.ts'

/*
 * Every field of the response tables once, with every enum value: what the answer has beside the smallest answer, and
 * what then reads otherwise than null. Numbers of tables are those of the ROMA Connect page, which lists more than the
 * APIG page does.
 */
const TIME = '2020-07-23T07:11:57.244829604Z'

type Row = readonly [restField: string, answered: object, read: object]

const top: readonly Row[] = [
  ['name', { name: '通道' }, { name: '通道' }],
  ['port', { port: 65_535 }, { port: 65_535 }],
  ['balance_strategy 1', { balance_strategy: 1 }, { balanceStrategy: 'WEIGHTED_ROUND_ROBIN' }],
  ['balance_strategy 2', { balance_strategy: 2 }, { balanceStrategy: 'WEIGHTED_LEAST_CONNECTIONS' }],
  ['balance_strategy 3', { balance_strategy: 3 }, { balanceStrategy: 'SOURCE_HASH' }],
  ['balance_strategy 4', { balance_strategy: 4 }, { balanceStrategy: 'URI_HASH' }],
  ['member_type ip', { member_type: 'ip' }, { memberType: 'IP' }],
  ['member_type ecs', { member_type: 'ecs' }, { memberType: 'ECS' }],
  ['type 2', { type: 2 }, { type: 'SERVER' }],
  ['type 3', { type: 3 }, { type: 'MICROSERVICE' }],
  ['type BUILTIN', { type: 'BUILTIN' }, { type: 'SERVER' }],
  ['type MICROSERVICE', { type: 'MICROSERVICE' }, { type: 'MICROSERVICE' }],
  ['dict_code', { dict_code: 'code' }, { dictCode: 'code' }],
  ['create_time', { create_time: TIME }, { createdAt: TIME }],
  ['status 1', { status: 1 }, { status: 'NORMAL' }],
  ['status 2', { status: 2 }, { status: 'ABNORMAL' }],
  ['instance_name', { instance_name: 'test1' }, { instanceName: 'test1' }],
  ['instance_id, which the request has said already', { instance_id: APIG_INSTANCE }, {}],
]

const group = (name: string, answered: object, read: object): Row => [
  `member_groups[].${name}`,
  { member_groups: [answered] },
  { memberGroups: [{ ...EMPTY_GROUP, ...read }] },
]

/** Table 9; the microservice fields of the APIG page, Tables 12 and 13. */
const groups: readonly Row[] = [
  group('member_group_name', { member_group_name: 'g' }, { name: 'g' }),
  group('member_group_remark', { member_group_remark: 'r' }, { remark: 'r' }),
  group('member_group_weight 0', { member_group_weight: 0 }, { weight: 0 }),
  group('member_group_weight', { member_group_weight: 100 }, { weight: 100 }),
  group('dict_code', { dict_code: 'd' }, { dictCode: 'd' }),
  group('member_group_id', { member_group_id: 'i' }, { id: 'i' }),
  group('create_time', { create_time: TIME }, { createdAt: TIME }),
  group('update_time', { update_time: '2021-08-30T14:02:25Z' }, { updatedAt: '2021-08-30T14:02:25Z' }),
  group('microservice_version', { microservice_version: 'v1' }, { microserviceVersion: 'v1' }),
  group('microservice_port 0', { microservice_port: 0 }, { microservicePort: 0 }),
  group('microservice_port', { microservice_port: 80 }, { microservicePort: 80 }),
  group('microservice_labels, empty', { microservice_labels: [] }, { microserviceLabels: [] }),
  group(
    'microservice_labels[]',
    { microservice_labels: [{ label_name: 'n', label_value: 'v' }] },
    { microserviceLabels: [{ name: 'n', value: 'v' }] },
  ),
]

const member = (name: string, answered: object, read: object): Row => [
  `members[].${name}`,
  { members: [answered] },
  { members: [{ ...EMPTY_MEMBER, ...read }] },
]

/** Table 10, whose descriptions are shifted by a row: `id` is the backend server's own, and so on. */
const members: readonly Row[] = [
  member('host', { host: '192.168.0.5' }, { host: '192.168.0.5' }),
  member('weight 0', { weight: 0 }, { weight: 0 }),
  member('weight', { weight: 10_000 }, { weight: 10_000 }),
  member('is_backup true', { is_backup: true }, { isBackup: true }),
  member('is_backup false', { is_backup: false }, { isBackup: false }),
  member('member_group_name', { member_group_name: 'g' }, { memberGroupName: 'g' }),
  member('status 1', { status: 1 }, { status: 'AVAILABLE' }),
  member('status 2', { status: 2 }, { status: 'UNAVAILABLE' }),
  member('port 0', { port: 0 }, { port: 0 }),
  member('port', { port: 8080 }, { port: 8080 }),
  member('ecs_id', { ecs_id: 'e' }, { ecsId: 'e' }),
  member('ecs_name', { ecs_name: 'n' }, { ecsName: 'n' }),
  member('id', { id: 'i' }, { id: 'i' }),
  member('vpc_channel_id', { vpc_channel_id: 'c' }, { vpcChannelId: 'c' }),
  member('create_time', { create_time: TIME }, { createdAt: TIME }),
  member('member_group_id', { member_group_id: 'g' }, { memberGroupId: 'g' }),
]

const check = (name: string, answered: object, read: object): Row => [
  `vpc_health_config.${name}`,
  { vpc_health_config: answered },
  { healthCheck: { ...EMPTY_HEALTH_CHECK, ...read } },
]

/** Table 11. */
const checks: readonly Row[] = [
  check('protocol TCP', { protocol: 'TCP' }, { protocol: 'TCP' }),
  check('protocol HTTP', { protocol: 'HTTP' }, { protocol: 'HTTP' }),
  check('protocol HTTPS', { protocol: 'HTTPS' }, { protocol: 'HTTPS' }),
  check('path', { path: '/vpc/demo' }, { path: '/vpc/demo' }),
  check('method GET', { method: 'GET' }, { method: 'GET' }),
  check('method HEAD', { method: 'HEAD' }, { method: 'HEAD' }),
  check('port 0', { port: 0 }, { port: 0 }),
  check('port', { port: 22 }, { port: 22 }),
  check('threshold_normal', { threshold_normal: 2 }, { healthyThreshold: 2 }),
  check('threshold_abnormal', { threshold_abnormal: 5 }, { unhealthyThreshold: 5 }),
  check('time_interval', { time_interval: 10 }, { intervalSeconds: 10 }),
  check('http_code', { http_code: '201,202,210-299' }, { httpCodes: '201,202,210-299' }),
  check('enable_client_ssl true', { enable_client_ssl: true }, { enableClientSsl: true }),
  check('enable_client_ssl false', { enable_client_ssl: false }, { enableClientSsl: false }),
  check('status 1', { status: 1 }, { status: 'AVAILABLE' }),
  check('status 2', { status: 2 }, { status: 'UNAVAILABLE' }),
  check('timeout', { timeout: 5 }, { timeoutSeconds: 5 }),
  check('vpc_channel_id', { vpc_channel_id: 'c' }, { vpcChannelId: 'c' }),
  check('id', { id: 'i' }, { id: 'i' }),
  check('create_time', { create_time: TIME }, { createdAt: TIME }),
]

const cse = (name: string, info: object, read: object): Row => [
  `microservice_info.cse_info.${name}`,
  { microservice_info: { service_type: 'CSE', cse_info: info } },
  { microservice: { ...EMPTY_CSE, ...read } },
]

const cce = (name: string, info: object, read: object): Row => [
  `microservice_info.cce_info.${name}`,
  { microservice_info: { service_type: 'CCE', cce_info: info } },
  { microservice: { ...EMPTY_CCE, ...read } },
]

/** Tables 12 to 14. */
const microservices: readonly Row[] = [
  [
    'microservice_info.id, instance_id, create_time, update_time',
    {
      microservice_info: {
        service_type: 'CSE',
        id: 'm',
        instance_id: APIG_INSTANCE,
        create_time: TIME,
        update_time: '2021-08-30T14:02:25Z',
      },
    },
    {
      microservice: {
        ...EMPTY_CSE,
        id: 'm',
        instanceId: APIG_INSTANCE,
        createdAt: TIME,
        updatedAt: '2021-08-30T14:02:25Z',
      },
    },
  ],
  cse('engine_id', { engine_id: 'e' }, { engineId: 'e' }),
  cse('service_id', { service_id: 's' }, { serviceId: 's' }),
  cse('engine_name', { engine_name: 'e' }, { engineName: 'e' }),
  cse('service_name', { service_name: 's' }, { serviceName: 's' }),
  cse('register_address', { register_address: 'r' }, { registerAddress: 'r' }),
  cse('cse_app_id', { cse_app_id: 'a' }, { cseAppId: 'a' }),
  cse('version', { version: '1' }, { version: '1' }),
  cce('cluster_id', { cluster_id: 'c' }, { clusterId: 'c' }),
  cce('namespace', { namespace: 'n' }, { namespace: 'n' }),
  cce('workload_type deployment', { workload_type: 'deployment' }, { workloadType: 'DEPLOYMENT' }),
  cce('workload_type statefulset', { workload_type: 'statefulset' }, { workloadType: 'STATEFUL_SET' }),
  cce('workload_type daemonset', { workload_type: 'daemonset' }, { workloadType: 'DAEMON_SET' }),
  cce('app_name', { app_name: 'a' }, { appName: 'a' }),
  cce('label_key', { label_key: 'k' }, { labelKey: 'k' }),
  cce('label_value', { label_value: 'v' }, { labelValue: 'v' }),
  cce('cluster_name', { cluster_name: 'c' }, { clusterName: 'c' }),
]

const rows = [...top, ...groups, ...members, ...checks, ...microservices]

describe('an answer of APIG reads', () => {
  test.each<Row>(rows)('%s', async (_field, answered, read) => {
    await using pair = await startPair({ body: { ...SMALLEST_ANSWER, ...answered } })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, {
      instanceId: APIG_INSTANCE,
      id: CHANNEL_ID,
    })
    expect(errors).toBeUndefined()
    expect(data).toEqual({ vpcChannel: { ...SMALLEST_CHANNEL, ...read } })
    expect(pair.logged.filter((line) => 'unknownValues' in line)).toEqual([])
  })
})

describe('an answer of ROMA Connect reads', () => {
  test.each<Row>(rows)('%s', async (_field, answered, read) => {
    const [instanceId] = ROMA_INSTANCES
    await using pair = await startPair({ body: { ...SMALLEST_ANSWER, ...answered } })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, {
      product: 'ROMA_CONNECT',
      instanceId,
      id: CHANNEL_ID,
    })
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      vpcChannel: {
        ...SMALLEST_CHANNEL,
        product: 'ROMA_CONNECT',
        instanceId,
        instance: { id: instanceId },
        ...read,
      },
    })
  })
})
