import { describe, expect, test } from 'vitest'
import { nothingBefore } from '../fixtures/nothing-before.ts'
import {
  UpsertProjectVpcChannelsDocument,
  type UpsertProjectVpcChannelsInput,
  UpsertWholeProjectVpcChannelsDocument,
} from '../support/generated/graphql.ts'
import { ROMA_ANSWER, ROMA_REQUEST } from '../support/pages.ts'
import { PROJECT_ID, TOKEN } from '../support/start-gateway.ts'
import {
  EXAMPLE_CHANNEL,
  ROMA_INSTANCES,
  SMALLEST_UPSERT,
  SMALLEST_UPSERT_BODY,
  startPair,
} from './start-pair.ts'

const PATH = `/v2/${PROJECT_ID}/apic/vpc-channels`
const WRITTEN = { body: ROMA_ANSWER }
/** The upstream of a batch whose instances have no such channel yet. */
const written = () => nothingBefore(WRITTEN)

/** The ROMA Connect page's example request. */
const EXAMPLE: UpsertProjectVpcChannelsInput = { ...EXAMPLE_CHANNEL, instanceIds: [...ROMA_INSTANCES] }

/** What each channel of the example answer reads as, the two differences aside. */
const ANSWERED_CHANNEL = {
  product: 'ROMA_CONNECT',
  projectId: PROJECT_ID,
  name: 'VPC_demo',
  port: 22,
  balanceStrategy: 'WEIGHTED_ROUND_ROBIN',
  memberType: 'IP',
  type: 'SERVER',
  dictCode: null,
  status: null,
  createdAt: null,
  members: null,
  healthCheck: {
    id: null,
    vpcChannelId: null,
    protocol: 'HTTP',
    path: '/vpc/demo',
    method: null,
    port: 22,
    httpCodes: '200',
    healthyThreshold: 2,
    unhealthyThreshold: 5,
    intervalSeconds: 10,
    timeoutSeconds: 5,
    enableClientSsl: false,
    status: null,
    createdAt: null,
  },
  microservice: null,
}

const NO_MICROSERVICE = {
  dictCode: null,
  microserviceVersion: null,
  microservicePort: null,
  microserviceLabels: null,
}

/** The ids that the example answer leaves out, as the project list tells them. */
const LISTED = {
  body: {
    size: 2,
    total: 2,
    project_vpc_channels: [
      { id: 'channel-2', name: 'VPC_demo', instance_id: 'ddd73cde017890908ae0117d67bf7330' },
      { id: 'channel-1', name: 'VPC_demo', instance_id: 'eea73cde015940908ae0117d67bf7330' },
    ],
  },
}

describe("the ROMA Connect page's example", () => {
  test('is sent as one PUT, flat as in Table 3', async () => {
    await using pair = await startPair(written())
    const { errors } = await pair.send(UpsertProjectVpcChannelsDocument, { input: EXAMPLE })
    expect(errors).toBeUndefined()
    expect(pair.writes.map(({ method, path }) => `${method} ${path}`)).toEqual([`PUT ${PATH}`])
    const { project_vpc_channels: example } = JSON.parse(ROMA_REQUEST)
    expect(pair.writes[0]?.json).toEqual({
      ...example,
      vpc_health_config: { ...example.vpc_health_config, protocol: 'HTTP' },
    })
  })

  test('answers one result an instance, each with its own channel', async () => {
    await using pair = await startPair(written())
    const { status, data, errors } = await pair.send(UpsertProjectVpcChannelsDocument, { input: EXAMPLE })
    expect(errors).toBeUndefined()
    expect(status).toBe(200)
    expect(data).toEqual({
      upsertProjectVpcChannels: {
        status: 'SUCCEEDED',
        results: [
          {
            instanceId: 'eea73cde015940908ae0117d67bf7330',
            outcome: 'CREATED',
            vpcChannel: {
              instanceId: 'eea73cde015940908ae0117d67bf7330',
              instanceName: 'test1',
              name: 'VPC_demo',
            },
            error: null,
          },
          {
            instanceId: 'ddd73cde017890908ae0117d67bf7330',
            outcome: 'CREATED',
            vpcChannel: {
              instanceId: 'ddd73cde017890908ae0117d67bf7330',
              instanceName: 'test2',
              name: 'VPC_demo',
            },
            error: null,
          },
        ],
      },
    })
  })

  test('reads whole: times as they were written, `http` as HTTP, 2 as SERVER, "" as null', async () => {
    await using pair = await startPair(
      nothingBefore(({ method, path }) => {
        if (method === 'PUT') return WRITTEN
        return path.startsWith(`${PATH}?`)
          ? LISTED
          : { body: { id: path.split('/').at(-1), name: 'VPC_demo' } }
      }),
    )
    const { data, errors } = await pair.send(UpsertWholeProjectVpcChannelsDocument, { input: EXAMPLE })
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      upsertProjectVpcChannels: {
        status: 'SUCCEEDED',
        results: [
          {
            instanceId: 'eea73cde015940908ae0117d67bf7330',
            outcome: 'CREATED',
            vpcChannel: {
              ...ANSWERED_CHANNEL,
              id: 'channel-1',
              instanceId: 'eea73cde015940908ae0117d67bf7330',
              instanceName: 'test1',
              instance: { id: 'eea73cde015940908ae0117d67bf7330' },
              memberGroups: [
                {
                  ...NO_MICROSERVICE,
                  id: 'c1ce135c705c4066853a0460b318fe16',
                  name: 'test',
                  remark: 'remark',
                  weight: 1,
                  createdAt: '2020-07-23T07:11:57.244829604Z',
                  updatedAt: '2020-07-23T07:11:57.244829604Z',
                },
                {
                  ...NO_MICROSERVICE,
                  id: 'c1ce135c705c4066853a0460b318fe17',
                  name: 'default',
                  remark: 'remark',
                  weight: 2,
                  createdAt: '2020-07-23T07:11:57.244829604Z',
                  updatedAt: '2020-07-23T07:11:57.244829604Z',
                },
              ],
            },
          },
          {
            instanceId: 'ddd73cde017890908ae0117d67bf7330',
            outcome: 'CREATED',
            vpcChannel: {
              ...ANSWERED_CHANNEL,
              id: 'channel-2',
              instanceId: 'ddd73cde017890908ae0117d67bf7330',
              instanceName: 'test2',
              instance: { id: 'ddd73cde017890908ae0117d67bf7330' },
              memberGroups: [
                {
                  ...NO_MICROSERVICE,
                  id: 'ec79066c6f6f462e91ff3f17f0e43f2a',
                  name: 'test',
                  remark: null,
                  weight: 1,
                  createdAt: '2021-08-30T14:02:25Z',
                  updatedAt: '2021-08-30T14:02:25Z',
                },
                {
                  ...NO_MICROSERVICE,
                  id: '5b26a82cd18547f3ada54b3cfa641df9',
                  name: 'default',
                  remark: null,
                  weight: 1,
                  createdAt: '2021-08-04T06:03:47Z',
                  updatedAt: '2021-08-04T06:03:47Z',
                },
              ],
            },
          },
        ],
      },
    })
  })
})

test.each([
  [undefined, 'en-us'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-cn'],
])(
  "the REST call has the caller's token and, for Accept-Language %s, the language %s; nothing else of the caller's",
  async (acceptLanguage, language) => {
    await using pair = await startPair(written())
    await pair.send(
      UpsertProjectVpcChannelsDocument,
      { input: SMALLEST_UPSERT },
      {
        cookie: 'session=1',
        authorization: 'Bearer secret',
        'x-forwarded-for': '10.0.0.1',
        'x-request-id': 'mine-1',
        'x-custom': 'c',
        ...(acceptLanguage !== undefined && { 'accept-language': acceptLanguage }),
      },
    )
    const { host, connection, 'content-length': length, ...headers } = pair.writes[0]?.headers ?? {}
    expect(headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      'user-agent': 'vpc-channel-gateway',
      'x-auth-token': TOKEN,
      'x-language': language,
    })
  },
)

describe('`type` and `microservice_info`, which the page has no rows for, are sent only when given', () => {
  const MICROSERVICE = { cse: { engineId: 'engine-1', serviceId: 'service-1' } } as const
  const MICROSERVICE_INFO = {
    service_type: 'CSE',
    cse_info: { engine_id: 'engine-1', service_id: 'service-1' },
  }

  test.each<[string, Partial<UpsertProjectVpcChannelsInput>, object]>([
    ['neither', {}, {}],
    ['null for both', { type: null, microservice: null }, {}],
    ['type SERVER', { type: 'SERVER' }, { type: 2 }],
    [
      'a microservice without a type',
      { microservice: MICROSERVICE },
      { microservice_info: MICROSERVICE_INFO },
    ],
    [
      'type MICROSERVICE with a microservice',
      { type: 'MICROSERVICE', microservice: MICROSERVICE },
      { type: 3, microservice_info: MICROSERVICE_INFO },
    ],
  ])('given %s', async (_what, given, sent) => {
    await using pair = await startPair(written())
    const { errors } = await pair.send(UpsertProjectVpcChannelsDocument, {
      input: { ...SMALLEST_UPSERT, ...given },
    })
    expect(errors).toBeUndefined()
    expect(pair.writes[0]?.json).toEqual({ ...SMALLEST_UPSERT_BODY, ...sent })
  })
})

describe('instance_ids', () => {
  test('keep the order in which they were given', async () => {
    await using pair = await startPair(written())
    await pair.send(UpsertProjectVpcChannelsDocument, {
      input: { ...SMALLEST_UPSERT, instanceIds: ROMA_INSTANCES.toReversed() },
    })
    expect(pair.writes[0]?.json.instance_ids).toEqual([
      'ddd73cde017890908ae0117d67bf7330',
      'eea73cde015940908ae0117d67bf7330',
    ])
  })

  test('are sent as strings even where GraphQL took a number for an id', async () => {
    await using pair = await startPair(
      nothingBefore({ body: { project_vpc_channels: [{ instance_id: '7', name: 'VPC_demo' }] } }),
    )
    const { errors } = await pair.send(UpsertProjectVpcChannelsDocument, {
      input: { ...SMALLEST_UPSERT, instanceIds: [7] },
    })
    expect(errors).toBeUndefined()
    expect(pair.writes[0]?.json.instance_ids).toEqual(['7'])
  })

  test.each(['..', 'a/b', '%2e%2e', '', 'x'.repeat(65)])(
    'are refused unsent with %j among them',
    async (bad) => {
      await using pair = await startPair(written())
      const { errors } = await pair.send(UpsertProjectVpcChannelsDocument, {
        input: { ...SMALLEST_UPSERT, instanceIds: [ROMA_INSTANCES[0], bad] },
      })
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        effect: 'NOT_APPLIED',
        validation: [{ path: ['input', 'instanceIds', 1], source: 'GATEWAY' }],
      })
      expect(pair.calls).toEqual([])
    },
  )
})

describe('the project', () => {
  test.each([
    ['of the input, before header and setting', 'of_input', 'of_header', 'configured', 'of_input'],
    ['of the header, before the setting', undefined, 'of_header', 'configured', 'of_header'],
    ['of the header where the input says null', null, 'of_header', 'configured', 'of_header'],
    ['of the setting where nothing else says one', undefined, null, 'configured', 'configured'],
  ])('is that %s', async (_which, ofInput, ofHeader, configured, expected) => {
    await using pair = await startPair(written(), { projectId: configured })
    await pair.send(
      UpsertProjectVpcChannelsDocument,
      { input: { ...SMALLEST_UPSERT, ...(ofInput !== undefined && { projectId: ofInput }) } },
      { 'x-project-id': ofHeader },
    )
    expect(pair.writes.map((call) => call.path)).toEqual([`/v2/${expected}/apic/vpc-channels`])
  })

  test('without any, the input is refused and nothing is sent', async () => {
    await using pair = await startPair(written(), { projectId: null })
    const { errors } = await pair.send(UpsertProjectVpcChannelsDocument, { input: SMALLEST_UPSERT })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      effect: 'NOT_APPLIED',
      validation: [{ path: ['input', 'projectId'], rule: 'REQUIRED', source: 'GATEWAY' }],
    })
    expect(pair.calls).toEqual([])
  })
})
