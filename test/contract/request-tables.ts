import type {
  UpsertProjectVpcChannelsInput,
  VpcChannelHealthCheckInput,
  VpcChannelMemberGroupInput,
  VpcChannelMemberInput,
  VpcChannelMicroserviceInput,
} from '../support/generated/graphql.ts'

/*
 * Every field of the request tables that both pages have, once with every enum value and at both ends of every range:
 * what is given in GraphQL beside the smallest input, and what then stands in the body beside the smallest body.
 * Numbers of tables are those of the APIG page.
 */
type Given = Partial<Omit<UpsertProjectVpcChannelsInput, 'instanceIds'>>
export type Row = readonly [restField: string, given: Given, sent: object]

const top: readonly Row[] = [
  ['name', { name: 'aB-_9' }, { name: 'aB-_9' }],
  ['name, shortest', { name: 'abc' }, { name: 'abc' }],
  ['name, longest', { name: 'n'.repeat(64) }, { name: 'n'.repeat(64) }],
  ['port 1', { port: 1 }, { port: 1 }],
  ['port 65535', { port: 65_535 }, { port: 65_535 }],
  ['balance_strategy 1', { balanceStrategy: 'WEIGHTED_ROUND_ROBIN' }, { balance_strategy: 1 }],
  ['balance_strategy 2', { balanceStrategy: 'WEIGHTED_LEAST_CONNECTIONS' }, { balance_strategy: 2 }],
  ['balance_strategy 3', { balanceStrategy: 'SOURCE_HASH' }, { balance_strategy: 3 }],
  ['balance_strategy 4', { balanceStrategy: 'URI_HASH' }, { balance_strategy: 4 }],
  ['member_type ip', { memberType: 'IP' }, { member_type: 'ip' }],
  ['member_type ecs', { memberType: 'ECS' }, { member_type: 'ecs' }],
  ['type 2', { type: 'SERVER' }, { type: 2 }],
  ['dict_code', { dictCode: 'a-_9' }, { dict_code: 'a-_9' }],
  ['dict_code, longest', { dictCode: 'd'.repeat(64) }, { dict_code: 'd'.repeat(64) }],
  ['member_groups, empty', { memberGroups: [] }, { member_groups: [] }],
  ['members, empty', { members: [] }, { members: [] }],
]

const group = (name: string, given: Omit<VpcChannelMemberGroupInput, 'name'>, sent: object): Row => [
  `member_groups[].${name}`,
  { memberGroups: [{ name: 'g', ...given }] },
  { member_groups: [{ member_group_name: 'g', ...sent }] },
]

/** Tables 4 and 5. */
const groups: readonly Row[] = [
  group('member_group_name', {}, {}),
  group('member_group_remark', { remark: 'words' }, { member_group_remark: 'words' }),
  group('member_group_remark, empty', { remark: '' }, { member_group_remark: '' }),
  group('member_group_weight 0', { weight: 0 }, { member_group_weight: 0 }),
  group('member_group_weight 100', { weight: 100 }, { member_group_weight: 100 }),
  group('dict_code', { dictCode: 'abc' }, { dict_code: 'abc' }),
  group('microservice_version', { microserviceVersion: 'v1' }, { microservice_version: 'v1' }),
  group('microservice_port 0', { microservicePort: 0 }, { microservice_port: 0 }),
  group('microservice_port 65535', { microservicePort: 65_535 }, { microservice_port: 65_535 }),
  group('microservice_labels, empty', { microserviceLabels: [] }, { microservice_labels: [] }),
  group(
    'microservice_labels[].label_name and label_value',
    {
      microserviceLabels: [
        { name: 'a', value: '9' },
        { name: 'a-b_c.d', value: 'v'.repeat(63) },
      ],
    },
    {
      microservice_labels: [
        { label_name: 'a', label_value: '9' },
        { label_name: 'a-b_c.d', label_value: 'v'.repeat(63) },
      ],
    },
  ),
  [
    'member_groups, several, in their order',
    { memberGroups: [{ name: 'b' }, { name: 'a' }] },
    { member_groups: [{ member_group_name: 'b' }, { member_group_name: 'a' }] },
  ],
]

const ipMember = (name: string, given: Omit<VpcChannelMemberInput, 'host'>, sent: object): Row => [
  `members[].${name}`,
  { memberType: 'IP', members: [{ host: '10.0.0.1', ...given }] },
  { member_type: 'ip', members: [{ host: '10.0.0.1', ...sent }] },
]

/** Table 6. */
const members: readonly Row[] = [
  ipMember('host', {}, {}),
  ipMember('weight 0', { weight: 0 }, { weight: 0 }),
  ipMember('weight 10000', { weight: 10_000 }, { weight: 10_000 }),
  ipMember('is_backup true', { isBackup: true }, { is_backup: true }),
  ipMember('is_backup false', { isBackup: false }, { is_backup: false }),
  ipMember('member_group_name', { memberGroupName: 'g' }, { member_group_name: 'g' }),
  ipMember('status 1', { status: 'AVAILABLE' }, { status: 1 }),
  ipMember('status 2', { status: 'UNAVAILABLE' }, { status: 2 }),
  ipMember('port 0', { port: 0 }, { port: 0 }),
  ipMember('port 65535', { port: 65_535 }, { port: 65_535 }),
  [
    'members[].ecs_id and ecs_name',
    { memberType: 'ECS', members: [{ ecsId: 'a-_9', ecsName: 'web.server-_9' }] },
    { member_type: 'ecs', members: [{ ecs_id: 'a-_9', ecs_name: 'web.server-_9' }] },
  ],
  [
    'members, several, in their order',
    { memberType: 'IP', members: [{ host: '10.0.0.2' }, { host: '10.0.0.1' }] },
    { member_type: 'ip', members: [{ host: '10.0.0.2' }, { host: '10.0.0.1' }] },
  ],
]

const check = (name: string, given: Partial<VpcChannelHealthCheckInput>, sent: object): Row => [
  `vpc_health_config.${name}`,
  {
    healthCheck: {
      protocol: 'TCP',
      healthyThreshold: 3,
      unhealthyThreshold: 4,
      intervalSeconds: 10,
      timeoutSeconds: 5,
      ...given,
    },
  },
  {
    vpc_health_config: {
      protocol: 'TCP',
      threshold_normal: 3,
      threshold_abnormal: 4,
      time_interval: 10,
      timeout: 5,
      ...sent,
    },
  },
]

/** Table 7. */
const checks: readonly Row[] = [
  check('protocol TCP', {}, {}),
  check(
    'protocol HTTP, path and http_code',
    { protocol: 'HTTP', path: '/', httpCodes: '200' },
    { protocol: 'HTTP', path: '/', http_code: '200' },
  ),
  check('protocol HTTPS, path', { protocol: 'HTTPS', path: '/a/b' }, { protocol: 'HTTPS', path: '/a/b' }),
  check('method GET', { method: 'GET' }, { method: 'GET' }),
  check('method HEAD', { method: 'HEAD' }, { method: 'HEAD' }),
  check('port 0', { port: 0 }, { port: 0 }),
  check('port 65535', { port: 65_535 }, { port: 65_535 }),
  check('threshold_normal 2', { healthyThreshold: 2 }, { threshold_normal: 2 }),
  check('threshold_normal 10', { healthyThreshold: 10 }, { threshold_normal: 10 }),
  check('threshold_abnormal 2', { unhealthyThreshold: 2 }, { threshold_abnormal: 2 }),
  check('threshold_abnormal 10', { unhealthyThreshold: 10 }, { threshold_abnormal: 10 }),
  check('time_interval 5', { intervalSeconds: 5, timeoutSeconds: 4 }, { time_interval: 5, timeout: 4 }),
  check('time_interval 300', { intervalSeconds: 300 }, { time_interval: 300 }),
  check('timeout 2', { timeoutSeconds: 2 }, { timeout: 2 }),
  check('timeout 30', { intervalSeconds: 31, timeoutSeconds: 30 }, { time_interval: 31, timeout: 30 }),
  check('http_code, values', { httpCodes: '200,201,202' }, { http_code: '200,201,202' }),
  check('http_code, a range', { httpCodes: '200-299' }, { http_code: '200-299' }),
  check('http_code, both', { httpCodes: '201,202,210-299' }, { http_code: '201,202,210-299' }),
  check('http_code, from end to end', { httpCodes: '100-599' }, { http_code: '100-599' }),
  check('enable_client_ssl true', { enableClientSsl: true }, { enable_client_ssl: true }),
  check('enable_client_ssl false', { enableClientSsl: false }, { enable_client_ssl: false }),
  check('status 1', { status: 'AVAILABLE' }, { status: 1 }),
  check('status 2', { status: 'UNAVAILABLE' }, { status: 2 }),
]

const microservice = (name: string, given: VpcChannelMicroserviceInput, sent: object): Row => [
  `microservice_info: ${name}`,
  { type: 'MICROSERVICE', microservice: given },
  { type: 3, microservice_info: sent },
]

const CCE = { clusterId: 'c'.repeat(64), namespace: 'default' }
const CCE_INFO = { cluster_id: 'c'.repeat(64), namespace: 'default' }

/** Tables 8 to 10; the label as the ROMA Connect page's Table 14 spells it. */
const microservices: readonly Row[] = [
  microservice(
    'service_type CSE, engine_id and service_id',
    { cse: { engineId: 'e', serviceId: 's'.repeat(64) } },
    { service_type: 'CSE', cse_info: { engine_id: 'e', service_id: 's'.repeat(64) } },
  ),
  microservice(
    'service_type CCE, workload_type deployment, app_name',
    { cce: { ...CCE, workloadType: 'DEPLOYMENT', appName: 'app' } },
    { service_type: 'CCE', cce_info: { ...CCE_INFO, workload_type: 'deployment', app_name: 'app' } },
  ),
  microservice(
    'workload_type statefulset, label_key and label_value',
    { cce: { ...CCE, workloadType: 'STATEFUL_SET', labelKey: 'app', labelValue: 'web' } },
    {
      service_type: 'CCE',
      cce_info: { ...CCE_INFO, workload_type: 'statefulset', label_key: 'app', label_value: 'web' },
    },
  ),
  microservice(
    'workload_type daemonset, app_name and label',
    { cce: { ...CCE, workloadType: 'DAEMON_SET', appName: 'app', labelKey: 'k', labelValue: 'v' } },
    {
      service_type: 'CCE',
      cce_info: {
        ...CCE_INFO,
        workload_type: 'daemonset',
        app_name: 'app',
        label_key: 'k',
        label_value: 'v',
      },
    },
  ),
  microservice(
    'null where the other way of naming the app is used',
    { cce: { ...CCE, workloadType: 'DEPLOYMENT', appName: 'app', labelKey: null, labelValue: null } },
    { service_type: 'CCE', cce_info: { ...CCE_INFO, workload_type: 'deployment', app_name: 'app' } },
  ),
]

export const ROWS_OF_BOTH: readonly Row[] = [...top, ...groups, ...members, ...checks, ...microservices]

/** What the APIG page alone allows. */
export const ROWS_OF_APIG: readonly Row[] = [
  ['name in Chinese', { name: '中文名' }, { name: '中文名' }],
  ['dict_code with a period', { dictCode: 'a.b' }, { dict_code: 'a.b' }],
  [
    'members[].ecs_name in Chinese',
    { members: [{ ecsId: 'id', ecsName: '服务器' }] },
    { members: [{ ecs_id: 'id', ecs_name: '服务器' }] },
  ],
]

/** What the ROMA Connect page alone allows: thresholds from 1, HTTPS without a path (its Table 6). */
export const ROWS_OF_ROMA: readonly Row[] = [
  check('threshold_normal 1', { healthyThreshold: 1 }, { threshold_normal: 1 }),
  check('threshold_abnormal 1', { unhealthyThreshold: 1 }, { threshold_abnormal: 1 }),
  check('protocol HTTPS without a path', { protocol: 'HTTPS' }, { protocol: 'HTTPS' }),
]
