import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readVpcChannel } from '../../../src/translation/vpc-channel-response.ts'

/*
 * Channels are made with what they are in GraphQL and in REST side by side, by hand from the response tables of both
 * pages; reading REST's half has to give GraphQL's.
 */
interface Both {
  readonly graphql: unknown
  readonly rest: unknown
}

const same = (values: fc.Arbitrary<unknown>): fc.Arbitrary<Both> =>
  values.map((value) => ({ graphql: value, rest: value }))

/** `null` in GraphQL, and one of the ways in which the cloud says nothing. */
const orNothing = (values: fc.Arbitrary<Both>): fc.Arbitrary<Both> =>
  fc.oneof(
    { arbitrary: values, weight: 4 },
    fc.constantFrom('', null, undefined).map((rest) => ({ graphql: null, rest })),
  )

const text = orNothing(same(fc.string({ minLength: 1 })))
const integer = orNothing(
  fc
    .integer()
    .chain((value) => fc.constantFrom(value, String(value)).map((rest) => ({ graphql: value, rest }))),
)
const port = orNothing(
  fc
    .integer({ min: 0, max: 65_535 })
    .chain((value) => fc.constantFrom(value, String(value)).map((rest) => ({ graphql: value, rest }))),
)
const boolean = fc.oneof(
  same(fc.boolean()),
  fc.constantFrom(null, undefined).map((rest) => ({ graphql: null, rest })),
)
const time = orNothing(
  same(
    fc
      .tuple(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.stringMatching(/^\d{9}$/),
      )
      .chain(([date, nanoseconds]) => {
        const seconds = date.toISOString().slice(0, 19)
        return fc.constantFrom(`${seconds}Z`, `${seconds}.${nanoseconds}Z`, `${seconds}.${nanoseconds}+08:00`)
      }),
  ),
)

const oneOf = (
  ...pairs: readonly (readonly [graphql: string, ...rest: (string | number)[]])[]
): fc.Arbitrary<Both> =>
  orNothing(
    fc.constantFrom(
      ...pairs.flatMap(([graphql, ...spellings]) => spellings.map((rest) => ({ graphql, rest }))),
    ),
  )

const availability = oneOf(['AVAILABLE', 1, '1'], ['UNAVAILABLE', 2, '2'])

/** An object of fields that have one name in GraphQL and one in REST. */
const object = (
  fields: Readonly<Record<string, readonly [restName: string, fc.Arbitrary<Both>]>>,
): fc.Arbitrary<Both> =>
  fc
    .record(Object.fromEntries(Object.entries(fields).map(([name, [, values]]) => [name, values])))
    .map((both) => ({
      graphql: Object.fromEntries(Object.entries(both).map(([name, one]) => [name, one.graphql])),
      rest: Object.fromEntries(
        Object.entries(both).map(([name, one]) => [fields[name]?.[0] ?? name, one.rest]),
      ),
    }))

const list = (items: fc.Arbitrary<Both>): fc.Arbitrary<Both> =>
  fc.array(items, { maxLength: 3 }).map((all) => ({
    graphql: all.map((one) => one.graphql),
    rest: all.map((one) => one.rest),
  }))

const group = object({
  id: ['member_group_id', text],
  name: ['member_group_name', text],
  remark: ['member_group_remark', text],
  weight: ['member_group_weight', integer],
  dictCode: ['dict_code', text],
  microserviceVersion: ['microservice_version', text],
  microservicePort: ['microservice_port', port],
  microserviceLabels: [
    'microservice_labels',
    list(object({ name: ['label_name', text], value: ['label_value', text] })),
  ],
  createdAt: ['create_time', time],
  updatedAt: ['update_time', time],
})

const member = object({
  id: ['id', text],
  vpcChannelId: ['vpc_channel_id', text],
  memberGroupId: ['member_group_id', text],
  memberGroupName: ['member_group_name', text],
  host: ['host', text],
  ecsId: ['ecs_id', text],
  ecsName: ['ecs_name', text],
  port: ['port', port],
  weight: ['weight', integer],
  isBackup: ['is_backup', boolean],
  status: ['status', availability],
  createdAt: ['create_time', time],
})

const check = object({
  id: ['id', text],
  vpcChannelId: ['vpc_channel_id', text],
  protocol: ['protocol', oneOf(['TCP', 'TCP', 'tcp'], ['HTTP', 'HTTP', 'http'], ['HTTPS', 'HTTPS', 'https'])],
  path: ['path', text],
  method: ['method', oneOf(['GET', 'GET', 'get'], ['HEAD', 'HEAD', 'head'])],
  port: ['port', port],
  httpCodes: ['http_code', text],
  healthyThreshold: ['threshold_normal', integer],
  unhealthyThreshold: ['threshold_abnormal', integer],
  intervalSeconds: ['time_interval', integer],
  // Never nothing, so that the check is never blank.
  timeoutSeconds: ['timeout', same(fc.integer())],
  enableClientSsl: ['enable_client_ssl', boolean],
  status: ['status', availability],
  createdAt: ['create_time', time],
})

const ofMicroservice = {
  id: ['id', text],
  instanceId: ['instance_id', text],
  createdAt: ['create_time', time],
  updatedAt: ['update_time', time],
} as const

/** The half of a microservice stands one level down in REST. */
const microservice = (serviceType: string, key: string, half: fc.Arbitrary<Both>): fc.Arbitrary<Both> =>
  fc.record({ base: object(ofMicroservice), half }).map(({ base, half }) => ({
    graphql: { serviceType, ...(base.graphql as object), ...(half.graphql as object) },
    rest: { service_type: serviceType, ...(base.rest as object), [key]: half.rest },
  }))

const cse = microservice(
  'CSE',
  'cse_info',
  object({
    engineId: ['engine_id', text],
    serviceId: ['service_id', text],
    engineName: ['engine_name', text],
    serviceName: ['service_name', text],
    registerAddress: ['register_address', text],
    cseAppId: ['cse_app_id', text],
    version: ['version', text],
  }),
)

const cce = microservice(
  'CCE',
  'cce_info',
  object({
    clusterId: ['cluster_id', text],
    clusterName: ['cluster_name', text],
    namespace: ['namespace', text],
    workloadType: [
      'workload_type',
      oneOf(['DEPLOYMENT', 'deployment'], ['STATEFUL_SET', 'statefulset'], ['DAEMON_SET', 'daemonset']),
    ],
    appName: ['app_name', text],
    labelKey: ['label_key', text],
    labelValue: ['label_value', text],
  }),
)

const noMicroservice = fc
  .constantFrom(undefined, null, {}, { id: '', service_type: '', cse_info: { engine_id: '' }, cce_info: {} })
  .map((rest) => ({ graphql: null, rest }))

const channels = object({
  instanceName: ['instance_name', text],
  id: ['id', same(fc.string({ minLength: 1 }))],
  name: ['name', same(fc.string({ minLength: 1 }))],
  port: ['port', port],
  balanceStrategy: [
    'balance_strategy',
    oneOf(
      ['WEIGHTED_ROUND_ROBIN', 1, '1'],
      ['WEIGHTED_LEAST_CONNECTIONS', 2, '2'],
      ['SOURCE_HASH', 3, '3'],
      ['URI_HASH', 4, '4'],
    ),
  ],
  memberType: ['member_type', oneOf(['IP', 'ip'], ['ECS', 'ecs'])],
  type: [
    'type',
    oneOf(['SERVER', 2, '2', 'BUILTIN', 'builtin'], ['MICROSERVICE', 3, '3', 'MICROSERVICE', 'microservice']),
  ],
  dictCode: ['dict_code', text],
  status: ['status', oneOf(['NORMAL', 1, '1'], ['ABNORMAL', 2, '2'])],
  createdAt: ['create_time', time],
  memberGroups: ['member_groups', list(group)],
  members: ['members', list(member)],
  healthCheck: ['vpc_health_config', check],
  microservice: ['microservice_info', fc.oneof(cse, cce, noMicroservice)],
})

test('every channel that the pages can spell reads as what it is', () => {
  const origin = { product: 'ROMA_CONNECT', projectId: 'p', instanceId: 'i' } as const
  fc.assert(
    fc.property(channels, ({ graphql, rest }) => {
      const unknown: string[] = []
      const answer = JSON.parse(JSON.stringify(rest))
      expect(readVpcChannel(answer, origin, (field) => unknown.push(field))).toStrictEqual({
        ...origin,
        ...(graphql as object),
      })
      expect(unknown).toEqual([])
    }),
    { numRuns: 300 },
  )
})
