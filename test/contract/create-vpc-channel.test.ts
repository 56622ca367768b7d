import { describe, expect, test } from 'vitest'
import {
  CreateVpcChannelDocument,
  type CreateVpcChannelInput,
  CreateWholeVpcChannelDocument,
} from '../support/generated/graphql.ts'
import {
  APIG_MICROSERVICE_ANSWER,
  APIG_MICROSERVICE_REQUEST,
  APIG_NO_INSTANCE,
  APIG_SERVER_ANSWER,
  APIG_SERVER_REQUEST,
} from '../support/pages.ts'
import { PROJECT_ID, TOKEN } from '../support/start-gateway.ts'
import {
  APIG_INSTANCE,
  EXAMPLE_CHANNEL,
  SMALLEST_CREATE,
  SMALLEST_CREATE_BODY,
  startPair,
} from './start-pair.ts'

const CREATED = { status: 201, body: APIG_SERVER_ANSWER }
const PATH = `/v2/${PROJECT_ID}/apigw/instances/${APIG_INSTANCE}/vpc-channels`

/** The APIG page's first example request. */
const SERVER_CHANNEL: CreateVpcChannelInput = { ...EXAMPLE_CHANNEL, instanceId: APIG_INSTANCE }

/** The APIG page's second example request. */
const MICROSERVICE_CHANNEL: CreateVpcChannelInput = {
  ...SERVER_CHANNEL,
  type: 'MICROSERVICE',
  memberGroups: [
    { name: 'test', weight: 1, remark: 'remark', microserviceVersion: 'v1', microservicePort: 80 },
    {
      name: 'default',
      weight: 2,
      remark: 'remark',
      microserviceVersion: 'v2',
      microservicePort: 80,
      microserviceLabels: [{ name: 'cluster_id', value: 'c429700c-5dc4-482a-9c0e-99f6c0635113' }],
    },
  ],
  microservice: {
    cce: {
      clusterId: 'ab1485b4f91b45abbcd560be591f7309',
      namespace: 'default',
      workloadType: 'DEPLOYMENT',
      appName: 'testapp',
    },
  },
}

/** The example as it must arrive: the page's tables say HTTP where its examples say http. */
function asTheTablesSpellIt(example: string) {
  const body = JSON.parse(example)
  return { ...body, vpc_health_config: { ...body.vpc_health_config, protocol: 'HTTP' } }
}

/** What `CreateWholeVpcChannel` selects of the page's answers, members and health check aside. */
const CREATED_CHANNEL = {
  product: 'APIG',
  projectId: PROJECT_ID,
  instanceId: APIG_INSTANCE,
  instanceName: null,
  instance: { id: APIG_INSTANCE },
  id: '105c6902457144a4820dff8b1ad63331',
  name: 'VPC_demo',
  port: 22,
  balanceStrategy: 'WEIGHTED_ROUND_ROBIN',
  memberType: 'IP',
  dictCode: null,
  status: 'NORMAL',
  createdAt: '2020-07-23T07:11:57.244829604Z',
}

const TEST_GROUP = {
  id: 'c1ce135c705c4066853a0460b318fe16',
  name: 'test',
  remark: 'remark',
  weight: 1,
  dictCode: null,
  createdAt: '2020-07-23T07:11:57.244829604Z',
  updatedAt: '2020-07-23T07:11:57.244829604Z',
}
const DEFAULT_GROUP = {
  ...TEST_GROUP,
  id: 'c1ce135c705c4066853a0460b318fe17',
  name: 'default',
  weight: 2,
}

describe("the APIG page's examples", () => {
  test.each([
    ['a server channel', SERVER_CHANNEL, APIG_SERVER_REQUEST],
    ['a microservice channel', MICROSERVICE_CHANNEL, APIG_MICROSERVICE_REQUEST],
  ])('%s is sent as one POST with the example as its body', async (_what, input, example) => {
    await using pair = await startPair(CREATED)
    const { errors } = await pair.send(CreateVpcChannelDocument, { input })
    expect(errors).toBeUndefined()
    expect(pair.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([`POST ${PATH}`])
    expect(pair.calls[0]?.json).toEqual(asTheTablesSpellIt(example))
  })

  test('the answer of a server channel: nanoseconds kept, "" and a blank microservice read as null, port 0 as 0', async () => {
    await using pair = await startPair(({ method }) =>
      method === 'POST' ? CREATED : { body: { ...JSON.parse(APIG_SERVER_ANSWER), members: [] } },
    )
    const { status, data, errors } = await pair.send(CreateWholeVpcChannelDocument, { input: SERVER_CHANNEL })
    expect(errors).toBeUndefined()
    expect(status).toBe(200)
    expect(data).toEqual({
      createVpcChannel: {
        vpcChannel: {
          ...CREATED_CHANNEL,
          type: 'SERVER',
          memberGroups: [
            {
              ...TEST_GROUP,
              microserviceVersion: null,
              microservicePort: 0,
              microserviceLabels: null,
            },
            {
              ...DEFAULT_GROUP,
              microserviceVersion: null,
              microservicePort: 0,
              microserviceLabels: null,
            },
          ],
          members: [],
          healthCheck: null,
          microservice: null,
        },
      },
    })
  })

  test('the answer of a microservice channel: its labels and its cluster, the blank half left out', async () => {
    await using pair = await startPair(({ method }) => ({
      status: method === 'POST' ? 201 : 200,
      body: APIG_MICROSERVICE_ANSWER,
    }))
    const { data, errors } = await pair.send(CreateWholeVpcChannelDocument, { input: MICROSERVICE_CHANNEL })
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      createVpcChannel: {
        vpcChannel: {
          ...CREATED_CHANNEL,
          type: 'MICROSERVICE',
          memberGroups: [
            {
              ...TEST_GROUP,
              microserviceVersion: 'v1',
              microservicePort: 80,
              microserviceLabels: null,
            },
            {
              ...DEFAULT_GROUP,
              microserviceVersion: 'v2',
              microservicePort: 80,
              microserviceLabels: [{ name: 'cluster_id', value: 'c429700c-5dc4-482a-9c0e-99f6c0635113' }],
            },
          ],
          members: null,
          healthCheck: null,
          microservice: {
            __typename: 'VpcChannelCceMicroservice',
            serviceType: 'CCE',
            id: '9483afa235be45158a70c19ab817ac65',
            instanceId: 'eddc4d25480b4cd6b512f270a1b8b341',
            createdAt: '2020-07-23T07:11:57.244829604Z',
            updatedAt: '2020-07-23T07:11:57.244829604Z',
            clusterId: 'ab1485b4f91b45abbcd560be591f7309',
            clusterName: 'cce-test',
            namespace: 'default',
            workloadType: 'DEPLOYMENT',
            appName: 'testapp',
            labelKey: null,
            labelValue: null,
          },
        },
      },
    })
  })
})

describe('the headers of the REST call', () => {
  test("hold the caller's token and nothing else of the caller's", async () => {
    await using pair = await startPair(CREATED)
    await pair.send(
      CreateVpcChannelDocument,
      { input: SMALLEST_CREATE },
      {
        'x-auth-token': 'another-callers-token',
        cookie: 'session=1',
        authorization: 'Bearer secret',
        'x-forwarded-for': '10.0.0.1',
        'x-request-id': 'mine-1',
        'x-language': 'fr-fr',
        'x-project-id': 'of_header',
        'x-sdk-date': '20200101T000000Z',
        'x-security-token': 'secret',
        'x-domain-id': 'd',
        'x-custom': 'c',
        'user-agent': 'callers-browser',
        origin: 'https://console.example.com',
      },
    )
    const { host, connection, 'content-length': length, ...headers } = pair.calls[0]?.headers ?? {}
    expect(headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      'user-agent': 'vpc-channel-gateway',
      'x-auth-token': 'another-callers-token',
      'x-language': 'en-us',
    })
    expect(host).toMatch(/^127\.0\.0\.1:\d+$/)
    expect(connection).toBe('keep-alive')
    expect(Number(length)).toBe(Buffer.byteLength(pair.calls[0]?.body ?? ''))
  })

  test.each([
    [null, 'en-us'],
    ['en', 'en-us'],
    ['fr', 'en-us'],
    ['zh-CN', 'zh-cn'],
    ['zh', 'zh-cn'],
    ['fr, zh-TW;q=0.9, en;q=0.8', 'zh-cn'],
    ['en;q=0.9, zh;q=0.5', 'en-us'],
    ['zh;q=0.5, en;q=0.9', 'en-us'],
  ])('Accept-Language %s asks the cloud for messages in %s', async (acceptLanguage, language) => {
    await using pair = await startPair(CREATED)
    await pair.send(
      CreateVpcChannelDocument,
      { input: SMALLEST_CREATE },
      // A fetch that is given none sends `*`.
      acceptLanguage === null ? {} : { 'accept-language': acceptLanguage },
    )
    expect(pair.calls.map((call) => call.headers['x-language'])).toEqual([language])
  })

  test('a call by another caller carries the token of that caller', async () => {
    await using pair = await startPair(CREATED)
    await Promise.all(
      ['token-a', 'token-b', TOKEN].map((token) =>
        pair.send(CreateVpcChannelDocument, { input: SMALLEST_CREATE }, { 'x-auth-token': token }),
      ),
    )
    expect(pair.calls.map((call) => call.headers['x-auth-token']).sort()).toEqual([
      TOKEN,
      'token-a',
      'token-b',
    ])
  })
})

test('a Chinese name arrives as UTF-8', async () => {
  await using pair = await startPair(CREATED)
  const { errors } = await pair.send(CreateVpcChannelDocument, {
    input: { ...SMALLEST_CREATE, name: '通道_demo-1' },
  })
  expect(errors).toBeUndefined()
  expect(pair.calls[0]?.json).toEqual({ ...SMALLEST_CREATE_BODY, name: '通道_demo-1' })
})

describe('the project', () => {
  const OF_INPUT = 'project_of_input'
  const OF_HEADER = 'project_of_header'

  test.each([
    ['of the input, before header and setting', OF_INPUT, OF_HEADER, 'configured', OF_INPUT],
    ['of the header, before the setting', undefined, OF_HEADER, 'configured', OF_HEADER],
    ['of the header where the input says null', null, OF_HEADER, 'configured', OF_HEADER],
    ['of the setting where nothing else says one', undefined, null, 'configured', 'configured'],
    ['of the input alone', OF_INPUT, null, null, OF_INPUT],
    ['of the header alone', undefined, OF_HEADER, null, OF_HEADER],
  ])('is that %s', async (_which, ofInput, ofHeader, configured, expected) => {
    await using pair = await startPair(CREATED, { projectId: configured })
    const { errors } = await pair.send(
      CreateWholeVpcChannelDocument,
      { input: { ...SMALLEST_CREATE, ...(ofInput !== undefined && { projectId: ofInput }) } },
      { 'x-project-id': ofHeader },
    )
    expect(errors).toBeUndefined()
    const path = `/v2/${expected}/apigw/instances/${APIG_INSTANCE}/vpc-channels`
    expect(pair.calls.map((call) => call.path)).toEqual([path, `${path}/105c6902457144a4820dff8b1ad63331`])
  })

  test('without any, the input is refused and nothing is sent', async () => {
    await using pair = await startPair(CREATED, { projectId: null })
    const { data, errors } = await pair.send(CreateVpcChannelDocument, { input: SMALLEST_CREATE })
    expect(data ?? null).toBeNull()
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      effect: 'NOT_APPLIED',
      validation: [{ path: ['input', 'projectId'], rule: 'REQUIRED', source: 'GATEWAY' }],
    })
    expect(pair.calls).toEqual([])
  })

  test.each(['..', 'a/b', 'a%2Fb', 'p?x=1', 'p#x', '', ' ', 'p\r\nx: y', 'ü', 'x'.repeat(65)])(
    'never reaches a URL as %j, whether it comes by input or by header',
    async (projectId) => {
      await using pair = await startPair(CREATED)
      const byInput = await pair.send(CreateVpcChannelDocument, { input: { ...SMALLEST_CREATE, projectId } })
      expect(byInput.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', effect: 'NOT_APPLIED' })
      const { send } = pair
      const fitsAHeader = /^[\x21-\x7e]+$/.test(projectId)
      if (fitsAHeader) {
        const byHeader = await send(
          CreateVpcChannelDocument,
          { input: SMALLEST_CREATE },
          { 'x-project-id': projectId },
        )
        expect(byHeader.errors?.[0]?.extensions).toMatchObject({
          code: 'BAD_USER_INPUT',
          effect: 'NOT_APPLIED',
        })
      }
      expect(pair.calls).toEqual([])
    },
  )

  test.each(['..', '../..', 'a/b', '%2e%2e', '', ' ', 'x'.repeat(65)])(
    'nor does an instance id of %j',
    async (instanceId) => {
      await using pair = await startPair(CREATED)
      const { errors } = await pair.send(CreateVpcChannelDocument, {
        input: { ...SMALLEST_CREATE, instanceId },
      })
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        effect: 'NOT_APPLIED',
        validation: [{ path: ['input', 'instanceId'], source: 'GATEWAY' }],
      })
      expect(pair.calls).toEqual([])
    },
  )
})

test("the page's 404 becomes an error that says nothing was applied", async () => {
  await using pair = await startPair({ status: 404, body: APIG_NO_INSTANCE })
  const { data, errors } = await pair.send(CreateVpcChannelDocument, { input: SMALLEST_CREATE })
  expect(data).toBeNull()
  expect(errors).toHaveLength(1)
  expect(errors?.[0]).toMatchObject({
    path: ['createVpcChannel'],
    extensions: {
      code: 'NOT_FOUND',
      reason: 'INSTANCE_NOT_FOUND',
      effect: 'NOT_APPLIED',
      upstream: { service: 'APIG', status: 404, errorCode: 'APIG.3030' },
    },
  })
})
