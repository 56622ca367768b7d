import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readVpcChannel } from '../../../src/translation/vpc-channel-response.ts'

const ORIGIN = { product: 'APIG', projectId: 'p', instanceId: 'i', name: 'written' } as const
const ignore = (): void => undefined

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/*
 * What GraphQL can show of a field without an error. Whatever an answer holds, what is read of it has to be this.
 */
const text = (value: unknown): boolean => value === null || (typeof value === 'string' && value !== '')
const integer = (value: unknown): boolean =>
  value === null || (Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 31)
const port = (value: unknown): boolean =>
  value === null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535)
const boolean = (value: unknown): boolean => value === null || typeof value === 'boolean'
const time = (value: unknown): boolean => value === null || (typeof value === 'string' && TIME.test(value))
const oneOf =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    value === null || names.includes(value as string)
const availability = oneOf('AVAILABLE', 'UNAVAILABLE')

type Shape = Readonly<Record<string, (value: unknown) => boolean>>

const objectOf =
  (shape: Shape) =>
  (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).sort().join() === Object.keys(shape).sort().join() &&
    Object.entries(value).every(([name, one]) => shape[name]?.(one))
const listOf =
  (shape: Shape) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(objectOf(shape))
const orNull =
  (shows: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || shows(value)
const orNotBrought =
  (shows: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || value === null || shows(value)

const GROUP: Shape = {
  id: text,
  name: text,
  remark: text,
  weight: integer,
  dictCode: text,
  microserviceVersion: text,
  microservicePort: port,
  microserviceLabels: orNull(listOf({ name: text, value: text })),
  createdAt: time,
  updatedAt: time,
}

const MEMBER: Shape = {
  id: text,
  vpcChannelId: text,
  memberGroupId: text,
  memberGroupName: text,
  host: text,
  ecsId: text,
  ecsName: text,
  port,
  weight: integer,
  isBackup: boolean,
  status: availability,
  createdAt: time,
}

const HEALTH_CHECK: Shape = {
  id: text,
  vpcChannelId: text,
  protocol: oneOf('TCP', 'HTTP', 'HTTPS'),
  path: text,
  method: oneOf('GET', 'HEAD'),
  port,
  httpCodes: text,
  healthyThreshold: integer,
  unhealthyThreshold: integer,
  intervalSeconds: integer,
  timeoutSeconds: integer,
  enableClientSsl: boolean,
  status: availability,
  createdAt: time,
}

const MICROSERVICE: Shape = { id: text, instanceId: text, createdAt: time, updatedAt: time }
const CSE: Shape = {
  ...MICROSERVICE,
  serviceType: (value) => value === 'CSE',
  engineId: text,
  serviceId: text,
  engineName: text,
  serviceName: text,
  registerAddress: text,
  cseAppId: text,
  version: text,
}
const CCE: Shape = {
  ...MICROSERVICE,
  serviceType: (value) => value === 'CCE',
  clusterId: text,
  clusterName: text,
  namespace: text,
  workloadType: oneOf('DEPLOYMENT', 'STATEFUL_SET', 'DAEMON_SET'),
  appName: text,
  labelKey: text,
  labelValue: text,
}

const CHANNEL: Shape = {
  product: (value) => value === 'APIG',
  projectId: (value) => value === 'p',
  instanceId: (value) => value === 'i',
  instanceName: text,
  id: (value) => value === undefined || (value !== null && text(value)),
  name: (value) => value !== null && text(value),
  port,
  balanceStrategy: oneOf('WEIGHTED_ROUND_ROBIN', 'WEIGHTED_LEAST_CONNECTIONS', 'SOURCE_HASH', 'URI_HASH'),
  memberType: oneOf('IP', 'ECS'),
  type: oneOf('SERVER', 'MICROSERVICE'),
  dictCode: text,
  status: oneOf('NORMAL', 'ABNORMAL'),
  createdAt: time,
  memberGroups: listOf(GROUP),
  members: orNotBrought(listOf(MEMBER)),
  healthCheck: orNotBrought(objectOf(HEALTH_CHECK)),
  microservice: orNull((value) => objectOf(CSE)(value) || objectOf(CCE)(value)),
}

/** Any JSON, and the JSON that is nearly right: spellings that answers were seen to have and some that none had. */
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    ...[
      '',
      ' ',
      '0',
      '1',
      '2',
      '3',
      '-0',
      '22',
      '65536',
      '2147483648',
      '1e3',
      '22abc',
      'http',
      'ECS',
      'true',
    ],
    ...[
      '2020-07-23T07:11:57.244829604Z',
      '2020-07-23',
      'CSE',
      'cce',
      'daemonset',
      '__proto__',
      'constructor',
    ],
  ),
  fc.constantFrom(0, -0, 1, 2, 3, 4, 5, 22, 22.5, 65_535, 65_536, 2 ** 31, -(2 ** 31), 1e300),
  fc.constantFrom(null, true, false, [], {}, [null], [[]], [''], { toString: 1, valueOf: 1 }),
)

const objectWith = (keys: readonly string[], more: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record({ ...Object.fromEntries(keys.map((key) => [key, json])), ...more }, { requiredKeys: [] })
const orJson = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ arbitrary, weight: 4 }, json)
const list = (items: fc.Arbitrary<unknown>) => orJson(fc.array(orJson(items), { maxLength: 3 }))

/** Answers with every key of the response tables, each with a value that it may or may not have. */
const answers = objectWith(
  [
    ...[
      'name',
      'port',
      'balance_strategy',
      'member_type',
      'type',
      'vpc_channel_type',
      'dict_code',
      'create_time',
    ],
    ...['id', 'status', 'instance_id', 'instance_name'],
  ],
  {
    member_groups: list(
      objectWith(
        [
          ...[
            'member_group_id',
            'member_group_name',
            'member_group_remark',
            'member_group_weight',
            'dict_code',
          ],
          ...['microservice_version', 'microservice_port', 'create_time', 'update_time'],
        ],
        { microservice_labels: list(objectWith(['label_name', 'label_value'])) },
      ),
    ),
    members: list(
      objectWith([
        ...['host', 'weight', 'is_backup', 'member_group_name', 'status', 'port', 'ecs_id', 'ecs_name'],
        ...['id', 'vpc_channel_id', 'create_time', 'member_group_id'],
      ]),
    ),
    vpc_health_config: orJson(
      objectWith([
        ...['protocol', 'path', 'method', 'port', 'threshold_normal', 'threshold_abnormal', 'time_interval'],
        ...['http_code', 'enable_client_ssl', 'status', 'timeout', 'vpc_channel_id', 'id', 'create_time'],
      ]),
    ),
    microservice_info: orJson(
      objectWith(['id', 'instance_id', 'service_type', 'create_time', 'update_time'], {
        cse_info: orJson(
          objectWith([
            ...['engine_id', 'service_id', 'engine_name', 'service_name', 'register_address', 'cse_app_id'],
            'version',
          ]),
        ),
        cce_info: orJson(
          objectWith([
            ...['cluster_id', 'namespace', 'workload_type', 'app_name', 'label_key', 'label_value'],
            'cluster_name',
          ]),
        ),
      }),
    ),
  },
)

describe('whatever an answer holds', () => {
  test('reading it throws nothing, and gives what GraphQL can show', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const channel = readVpcChannel(JSON.parse(JSON.stringify(answer)), ORIGIN, ignore)
        expect(channel).not.toBeNull()
        for (const [name, value] of Object.entries(channel ?? {})) {
          expect({ name, value, shows: CHANNEL[name]?.(value) }).toMatchObject({ shows: true })
        }
      }),
      { numRuns: 500 },
    )
  })

  test('reading it tells of each enum value that no page knows, by its REST field', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const noted: string[] = []
        readVpcChannel(answer, ORIGIN, (field) => noted.push(field))
        const enums = [
          'balance_strategy',
          'member_type',
          'type',
          'vpc_channel_type',
          'status',
          'protocol',
          'method',
        ]
        for (const field of noted) expect([...enums, 'service_type', 'workload_type']).toContain(field)
      }),
    )
  })

  test('what is no object is no channel', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => typeof value !== 'object' || value === null || Array.isArray(value)),
        (answer) => {
          expect(readVpcChannel(answer, ORIGIN, ignore)).toBeNull()
        },
      ),
    )
  })

  test('it is not changed by being read', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const before = structuredClone(answer)
        readVpcChannel(answer, ORIGIN, ignore)
        expect(answer).toEqual(before)
      }),
    )
  })

  test.each(['type', 'vpc_health_config', 'microservice_info', 'member_groups', 'status', 'name'])(
    'nested deeply at %s, reading it throws nothing',
    (key) => {
      const depth = 20_000
      const objects = JSON.parse(`{"${key}":${'{"a":'.repeat(depth)}""${'}'.repeat(depth)}}`)
      const lists = JSON.parse(`{"${key}":${'['.repeat(depth)}${']'.repeat(depth)}}`)
      expect(() => readVpcChannel(objects, ORIGIN, ignore)).not.toThrow()
      expect(() => readVpcChannel(lists, ORIGIN, ignore)).not.toThrow()
    },
  )
})

describe('an answer without a name', () => {
  test('has the name that the channel was written under', () => {
    expect(readVpcChannel({}, ORIGIN, ignore)?.name).toBe('written')
    expect(readVpcChannel({ name: '' }, ORIGIN, ignore)?.name).toBe('written')
    expect(readVpcChannel({ name: 'answered' }, ORIGIN, ignore)?.name).toBe('answered')
  })

  test('is no channel where no name is known', () => {
    const { name, ...origin } = ORIGIN
    expect(name).toBe('written')
    expect(readVpcChannel({ id: 'x' }, origin, ignore)).toBeNull()
  })
})

test('members and health check that an answer does not bring are told apart from those that are not there', () => {
  const without = readVpcChannel({}, ORIGIN, ignore)
  expect(without).toMatchObject({ members: undefined, healthCheck: undefined, id: undefined })
  const nothing = readVpcChannel({ members: null, vpc_health_config: null }, ORIGIN, ignore)
  expect(nothing).toMatchObject({ members: null, healthCheck: null })
  expect(readVpcChannel({ members: [] }, ORIGIN, ignore)).toMatchObject({ members: [] })
})
