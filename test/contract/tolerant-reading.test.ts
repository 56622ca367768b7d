import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  CreateVpcChannelDocument,
  CreateWholeVpcChannelDocument,
  WholeVpcChannelDocument,
} from '../support/generated/graphql.ts'
import { APIG_MICROSERVICE_ANSWER, APIG_SERVER_ANSWER } from '../support/pages.ts'
import {
  EMPTY_CCE,
  EMPTY_CSE,
  EMPTY_GROUP,
  EMPTY_HEALTH_CHECK,
  EMPTY_MEMBER,
  SMALLEST_ANSWER,
  SMALLEST_CHANNEL,
} from './answered-channel.ts'
import { APIG_INSTANCE, CHANNEL_ID, SMALLEST_CREATE, startPair } from './start-pair.ts'

const QUERY = { instanceId: APIG_INSTANCE, id: CHANNEL_ID }

type Row = readonly [what: string, answered: object, read: object]

describe('an answer that is spelt otherwise than the page reads the same', () => {
  test.each<Row>([
    ['type as a text', { type: '2' }, { type: 'SERVER' }],
    ['type in lower case', { type: 'builtin' }, { type: 'SERVER' }],
    ['type of a microservice as a text', { type: '3' }, { type: 'MICROSERVICE' }],
    ['type of a microservice in lower case', { type: 'microservice' }, { type: 'MICROSERVICE' }],
    ['vpc_channel_type builtin', { vpc_channel_type: 'builtin' }, { type: 'SERVER' }],
    ['vpc_channel_type microservice', { vpc_channel_type: 'microservice' }, { type: 'MICROSERVICE' }],
    ['vpc_channel_type beside a null type', { type: null, vpc_channel_type: 'builtin' }, { type: 'SERVER' }],
    ['vpc_channel_type beside an empty type', { type: '', vpc_channel_type: 'builtin' }, { type: 'SERVER' }],
    ['type beside vpc_channel_type', { type: 3, vpc_channel_type: 'microservice' }, { type: 'MICROSERVICE' }],
    ['member_type in upper case', { member_type: 'IP' }, { memberType: 'IP' }],
    ['port as a text', { port: '22' }, { port: 22 }],
    ['balance_strategy as a text', { balance_strategy: '4' }, { balanceStrategy: 'URI_HASH' }],
    ['status as a text', { status: '2' }, { status: 'ABNORMAL' }],
    ['an instance name as a number', { instance_name: 7 }, { instanceName: '7' }],
    [
      'protocol in lower case',
      { vpc_health_config: { protocol: 'http' } },
      { healthCheck: { ...EMPTY_HEALTH_CHECK, protocol: 'HTTP' } },
    ],
    [
      'protocol and method in mixed case',
      { vpc_health_config: { protocol: 'Https', method: 'head' } },
      { healthCheck: { ...EMPTY_HEALTH_CHECK, protocol: 'HTTPS', method: 'HEAD' } },
    ],
    [
      'numbers of a health check as texts, its codes as a number',
      {
        vpc_health_config: {
          port: '0',
          threshold_normal: '2',
          threshold_abnormal: '5',
          time_interval: '10',
          timeout: '5',
          http_code: 200,
          status: '1',
        },
      },
      {
        healthCheck: {
          ...EMPTY_HEALTH_CHECK,
          port: 0,
          healthyThreshold: 2,
          unhealthyThreshold: 5,
          intervalSeconds: 10,
          timeoutSeconds: 5,
          httpCodes: '200',
          status: 'AVAILABLE',
        },
      },
    ],
    [
      'numbers of a group as texts',
      { member_groups: [{ member_group_weight: '1', microservice_port: '0' }] },
      { memberGroups: [{ ...EMPTY_GROUP, weight: 1, microservicePort: 0 }] },
    ],
    [
      'numbers of a member as texts',
      { members: [{ port: '80', weight: '10000', status: '2' }] },
      { members: [{ ...EMPTY_MEMBER, port: 80, weight: 10_000, status: 'UNAVAILABLE' }] },
    ],
    [
      'an ip member with the ids of a cloud server, empty',
      { members: [{ host: '192.168.0.5', ecs_id: '', ecs_name: '' }] },
      { members: [{ ...EMPTY_MEMBER, host: '192.168.0.5' }] },
    ],
    [
      'an ip member with the ids of a cloud server, set',
      { members: [{ host: '192.168.0.5', ecs_id: 'id', ecs_name: 'name' }] },
      { members: [{ ...EMPTY_MEMBER, host: '192.168.0.5', ecsId: 'id', ecsName: 'name' }] },
    ],
    [
      'a workload type in mixed case',
      { microservice_info: { service_type: 'cce', cce_info: { workload_type: 'StatefulSet' } } },
      { microservice: { ...EMPTY_CCE, workloadType: 'STATEFUL_SET' } },
    ],
    [
      'a microservice without service_type, by the half that is filled in: CCE',
      { microservice_info: { service_type: '', cse_info: { engine_id: '' }, cce_info: { app_name: 'a' } } },
      { microservice: { ...EMPTY_CCE, appName: 'a' } },
    ],
    [
      'a microservice without service_type, by the half that is filled in: CSE',
      { microservice_info: { cse_info: { engine_id: 'e' }, cce_info: { app_name: '' } } },
      { microservice: { ...EMPTY_CSE, engineId: 'e' } },
    ],
    ['keys that no page names', { elb_id: 'x', vpc_id: {}, extra: [1, { a: null }] }, {}],
  ])('%s', async (_what, answered, read) => {
    await using pair = await startPair({ body: { ...SMALLEST_ANSWER, ...answered } })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, QUERY)
    expect(errors).toBeUndefined()
    expect(data).toEqual({ vpcChannel: { ...SMALLEST_CHANNEL, ...read } })
    expect(pair.logged.filter((line) => 'unknownValues' in line)).toEqual([])
  })
})

describe('what says nothing reads as null', () => {
  test.each<Row>([
    [
      'texts, times and enums of ""',
      {
        dict_code: '',
        create_time: '',
        member_type: '',
        balance_strategy: '',
        status: '',
        instance_name: '',
      },
      {},
    ],
    ['lists that are missing', {}, {}],
    ['lists that are null', { member_groups: null, members: null }, {}],
    ['lists that are objects', { member_groups: {}, members: {} }, {}],
    ['lists that are texts', { member_groups: '', members: 'x' }, {}],
    ['objects that are null', { vpc_health_config: null, microservice_info: null }, {}],
    ['objects that are empty', { vpc_health_config: {}, microservice_info: {} }, {}],
    ['objects that are texts or lists', { vpc_health_config: '', microservice_info: [] }, {}],
    [
      'objects of nothing but ""',
      {
        vpc_health_config: { protocol: '', path: '', http_code: '' },
        microservice_info: { cse_info: { engine_id: '' } },
      },
      {},
    ],
    [
      'a microservice whose halves are null',
      { microservice_info: { id: '', service_type: '', cse_info: null, cce_info: null } },
      {},
    ],
    [
      'items of lists that are no objects',
      { member_groups: [null, 'x', 1, [], { member_group_name: 'g' }], members: [null, [], { host: 'h' }] },
      { memberGroups: [{ ...EMPTY_GROUP, name: 'g' }], members: [{ ...EMPTY_MEMBER, host: 'h' }] },
    ],
    [
      'labels that are no objects',
      { member_groups: [{ microservice_labels: [null, {}, { label_name: 'n' }] }] },
      {
        memberGroups: [
          {
            ...EMPTY_GROUP,
            microserviceLabels: [
              { name: null, value: null },
              { name: 'n', value: null },
            ],
          },
        ],
      },
    ],
    [
      'numbers out of range',
      { port: 65_536, member_groups: [{ member_group_weight: 3_000_000_000 }] },
      { memberGroups: [EMPTY_GROUP] },
    ],
    [
      'numbers that are none',
      { port: 22.5, members: [{ port: -1, weight: 'many' }] },
      { members: [EMPTY_MEMBER] },
    ],
    [
      'times that are none',
      { create_time: 'yesterday', members: [{ create_time: 0 }] },
      { members: [EMPTY_MEMBER] },
    ],
    ['booleans that are none', { members: [{ is_backup: 'maybe' }] }, { members: [EMPTY_MEMBER] }],
  ])('%s', async (_what, answered, read) => {
    await using pair = await startPair({ body: { ...SMALLEST_ANSWER, ...answered } })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, QUERY)
    expect(errors).toBeUndefined()
    expect(data).toEqual({ vpcChannel: { ...SMALLEST_CHANNEL, ...read } })
  })
})

describe('an enum value that no page knows reads as null, and the log line notes its form', () => {
  test.each<readonly [field: string, form: string, answered: object, read: object]>([
    ['balance_strategy', 'number(1)', { balance_strategy: 9 }, {}],
    ['balance_strategy', 'boolean', { balance_strategy: true }, {}],
    ['member_type', 'string(3) a-z', { member_type: 'eni' }, {}],
    ['type', 'number(1)', { type: 7 }, {}],
    ['type', 'string(9) a-z', { type: 'reference' }, {}],
    ['vpc_channel_type', 'string(9) a-z', { vpc_channel_type: 'reference' }, {}],
    ['status', 'number(1)', { status: 0 }, {}],
    ['status', 'number(1)', { members: [{ status: 3 }] }, { members: [EMPTY_MEMBER] }],
    [
      'protocol',
      'string(4) A-Z',
      { vpc_health_config: { protocol: 'GRPC', timeout: 5 } },
      { healthCheck: { ...EMPTY_HEALTH_CHECK, timeoutSeconds: 5 } },
    ],
    [
      'method',
      'string(4) A-Z',
      { vpc_health_config: { method: 'POST', timeout: 5 } },
      { healthCheck: { ...EMPTY_HEALTH_CHECK, timeoutSeconds: 5 } },
    ],
    [
      'status',
      'number(1)',
      { vpc_health_config: { status: 5, timeout: 5 } },
      { healthCheck: { ...EMPTY_HEALTH_CHECK, timeoutSeconds: 5 } },
    ],
    ['service_type', 'string(5) A-Z', { microservice_info: { service_type: 'NACOS' } }, {}],
    [
      'service_type',
      'string(5) A-Z',
      { microservice_info: { service_type: 'NACOS', cse_info: { engine_id: 'e' } } },
      { microservice: { ...EMPTY_CSE, engineId: 'e' } },
    ],
    [
      'workload_type',
      'string(7) a-z',
      { microservice_info: { service_type: 'CCE', cce_info: { workload_type: 'cronjob' } } },
      { microservice: EMPTY_CCE },
    ],
    ['status', 'string(11) a-z', { status: 'constructor' }, {}],
    ['status', 'string(9) a-z _', { status: '__proto__' }, {}],
  ])('%s: %s', async (field, form, answered, read) => {
    await using pair = await startPair({ body: { ...SMALLEST_ANSWER, ...answered } })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, QUERY)
    expect(errors).toBeUndefined()
    expect(data).toEqual({ vpcChannel: { ...SMALLEST_CHANNEL, ...read } })
    expect(pair.logged.flatMap((line) => ('unknownValues' in line ? [line['unknownValues']] : []))).toEqual([
      [{ field, form }],
    ])
  })

  test('a list or an object where an enum belongs', async () => {
    await using pair = await startPair({
      body: { ...SMALLEST_ANSWER, status: { a: 1 }, balance_strategy: [1] },
    })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, QUERY)
    expect(errors).toBeUndefined()
    expect(data).toEqual({ vpcChannel: SMALLEST_CHANNEL })
  })

  test.each([
    ['that cannot be made a text', '{"toString":1,"valueOf":1}'],
    ['that is a list nested deeply', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['that is an object nested deeply', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['that is very long', JSON.stringify('x'.repeat(100_000))],
  ])('a value %s turns no write that happened into a failed mutation', async (_what, value) => {
    const answer = APIG_SERVER_ANSWER.replace('"type" : 2', `"type" : ${value}`)
    await using pair = await startPair({ status: 201, body: answer })
    const { data, errors, text } = await pair.send(CreateVpcChannelDocument, { input: SMALLEST_CREATE })
    expect(errors).toBeUndefined()
    expect(data?.createVpcChannel.vpcChannel.id).toBe(CHANNEL_ID)
    expect(text.length).toBeLessThan(1_000)
    for (const line of pair.logged) expect(JSON.stringify(line).length).toBeLessThan(2_000)
  })

  test('an answer full of unknown values leaves one log line of bounded length', async () => {
    const members = Array.from({ length: 5_000 }, (_, index) => ({ host: 'h', status: `unknown ${index}` }))
    await using pair = await startPair({ body: { ...SMALLEST_ANSWER, members } })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, QUERY)
    expect(errors).toBeUndefined()
    expect(data?.vpcChannel?.members).toHaveLength(5_000)
    const lines = pair.logged.filter((line) => 'unknownValues' in line)
    expect(lines).toHaveLength(1)
    expect(JSON.stringify(lines[0]).length).toBeLessThan(10_000)
  })
})

test('the pages speak of times to the nanosecond; any RFC 3339 time is shown as it was written', async () => {
  const times = [
    '2020-07-23T07:11:57.244829604Z',
    '2021-08-30T14:02:25Z',
    '2021-08-30T14:02:25.1Z',
    '2021-08-30T22:02:25+08:00',
    '2021-08-30T22:02:25.123456789+08:00',
  ]
  const members = times.map((create_time) => ({ create_time }))
  await using pair = await startPair({ body: { ...SMALLEST_ANSWER, members } })
  const { data } = await pair.send(WholeVpcChannelDocument, QUERY)
  expect(data?.vpcChannel?.members?.map((member) => member.createdAt)).toEqual(times)
})

/** Every key that the response tables name, wherever it stands. */
const KEYS = [
  'name',
  'port',
  'balance_strategy',
  'member_type',
  'type',
  'vpc_channel_type',
  'dict_code',
  'create_time',
  'status',
  'member_groups',
  'microservice_info',
  'members',
  'vpc_health_config',
  'instance_name',
]

describe('whatever the values of an answer are', () => {
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom({ toString: 1 }, { toString: null, valueOf: null }, { toJSON: 1 }, [[{ toString: 1 }]]),
  )
  const answers = fc.record(Object.fromEntries(KEYS.map((key) => [key, anything])), { requiredKeys: [] })
  const examples = [APIG_SERVER_ANSWER, APIG_MICROSERVICE_ANSWER].map((example) => JSON.parse(example))

  test('a creation that has happened and has an id is answered without an error', async () => {
    let answer: object = {}
    await using pair = await startPair(({ method }) =>
      // A GET is asked for a channel, so what it answers has a name.
      method === 'POST' ? { status: 201, body: answer } : { body: { ...answer, name: 'VPC_demo' } },
    )
    await fc.assert(
      fc.asyncProperty(answers, fc.constantFrom(...examples), async (values, example) => {
        answer = { ...example, ...values, id: CHANNEL_ID }
        const whole = await pair.send(CreateWholeVpcChannelDocument, { input: SMALLEST_CREATE })
        expect(whole.errors?.map((error) => error.extensions.code)).toBeUndefined()
        expect(whole.data?.createVpcChannel.vpcChannel.id).toBe(CHANNEL_ID)
      }),
    )
  })
})
