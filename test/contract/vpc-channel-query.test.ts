import { describe, expect, test } from 'vitest'
import { WholeVpcChannelDocument, type WholeVpcChannelQueryVariables } from '../support/generated/graphql.ts'
import { APIG_NO_INSTANCE } from '../support/pages.ts'
import { PROJECT_ID, TOKEN } from '../support/start-gateway.ts'
import { SMALLEST_ANSWER, SMALLEST_CHANNEL } from './answered-channel.ts'
import { APIG_INSTANCE, CHANNEL_ID, startPair } from './start-pair.ts'

const KEY = { instanceId: APIG_INSTANCE, id: CHANNEL_ID }
const FOUND = { body: SMALLEST_ANSWER }

describe('vpcChannel asks', () => {
  test.each<[string, WholeVpcChannelQueryVariables, string]>([
    [
      'APIG where no product is named',
      KEY,
      `/v2/${PROJECT_ID}/apigw/instances/${APIG_INSTANCE}/vpc-channels/${CHANNEL_ID}`,
    ],
    [
      'APIG',
      { ...KEY, product: 'APIG' },
      `/v2/${PROJECT_ID}/apigw/instances/${APIG_INSTANCE}/vpc-channels/${CHANNEL_ID}`,
    ],
    [
      'ROMA Connect',
      { ...KEY, product: 'ROMA_CONNECT' },
      `/v2/${PROJECT_ID}/apic/instances/${APIG_INSTANCE}/vpc-channels/${CHANNEL_ID}`,
    ],
    [
      'the shortest ids',
      { projectId: 'p', instanceId: '1', id: '_' },
      '/v2/p/apigw/instances/1/vpc-channels/_',
    ],
    [
      'the longest ids',
      { projectId: 'p'.repeat(64), instanceId: '-'.repeat(64), id: 'Z'.repeat(64) },
      `/v2/${'p'.repeat(64)}/apigw/instances/${'-'.repeat(64)}/vpc-channels/${'Z'.repeat(64)}`,
    ],
    [
      'ids given as numbers',
      { projectId: 1, instanceId: 2, id: 3 },
      '/v2/1/apigw/instances/2/vpc-channels/3',
    ],
  ])('%s with one GET by id', async (_what, variables, path) => {
    await using pair = await startPair(FOUND)
    const { errors } = await pair.send(WholeVpcChannelDocument, variables)
    expect(errors).toBeUndefined()
    expect(pair.calls.map((call) => ({ method: call.method, path: call.path, body: call.body }))).toEqual([
      { method: 'GET', path, body: '' },
    ])
  })

  test("with the caller's token and language, and nothing else of the caller's", async () => {
    await using pair = await startPair(FOUND)
    await pair.send(WholeVpcChannelDocument, KEY, {
      'accept-language': 'zh-CN',
      cookie: 'session=1',
      authorization: 'Bearer secret',
      'x-custom': 'c',
    })
    const { host, connection, ...headers } = pair.calls[0]?.headers ?? {}
    expect(headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'vpc-channel-gateway',
      'x-auth-token': TOKEN,
      'x-language': 'zh-cn',
    })
  })

  test.each([
    ['of the argument, before header and setting', 'of_argument', 'of_header', 'configured', 'of_argument'],
    ['of the header, before the setting', undefined, 'of_header', 'configured', 'of_header'],
    ['of the header where the argument is null', null, 'of_header', 'configured', 'of_header'],
    ['of the setting where nothing else says one', undefined, null, 'configured', 'configured'],
  ])('in the project %s', async (_which, ofArgument, ofHeader, configured, expected) => {
    await using pair = await startPair(FOUND, { projectId: configured })
    const { data } = await pair.send(
      WholeVpcChannelDocument,
      { ...KEY, ...(ofArgument !== undefined && { projectId: ofArgument }) },
      { 'x-project-id': ofHeader },
    )
    expect(data?.vpcChannel?.projectId).toBe(expected)
    expect(pair.calls.map((call) => call.path.split('/')[2])).toEqual([expected])
  })

  test('once for one channel that is asked for twice', async () => {
    await using pair = await startPair(FOUND)
    const { data, errors } = await pair.send(
      'query Twice($instanceId: ID!, $id: ID!) { a: vpcChannel(instanceId: $instanceId, id: $id) { id } b: vpcChannel(instanceId: $instanceId, id: $id) { name members { id } } }',
      KEY,
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({ a: { id: CHANNEL_ID }, b: { name: 'VPC_demo', members: null } })
    expect(pair.calls).toHaveLength(1)
  })

  test('anew for the next caller', async () => {
    await using pair = await startPair(FOUND)
    await pair.send(WholeVpcChannelDocument, KEY, { 'x-auth-token': 'first' })
    await pair.send(WholeVpcChannelDocument, KEY, { 'x-auth-token': 'second' })
    expect(pair.calls.map((call) => call.headers['x-auth-token'])).toEqual(['first', 'second'])
  })
})

describe('vpcChannel answers', () => {
  test('a channel of ROMA Connect as such', async () => {
    await using pair = await startPair({
      body: { ...SMALLEST_ANSWER, type: 'BUILTIN', instance_name: 'test1', instance_id: 'of_the_answer' },
    })
    const { data } = await pair.send(WholeVpcChannelDocument, { ...KEY, product: 'ROMA_CONNECT' })
    expect(data).toEqual({
      vpcChannel: { ...SMALLEST_CHANNEL, product: 'ROMA_CONNECT', type: 'SERVER', instanceName: 'test1' },
    })
  })

  test.each(['APIG', 'ROMA_CONNECT'] as const)(
    'null where the instance of %s has no such channel',
    async (product) => {
      await using pair = await startPair({
        status: 404,
        body: { error_code: 'APIG.3023', error_msg: `The VPC channel does not exist;id:${CHANNEL_ID}` },
      })
      const { status, data, errors } = await pair.send(WholeVpcChannelDocument, { ...KEY, product })
      expect(errors).toBeUndefined()
      expect(status).toBe(200)
      expect(data).toEqual({ vpcChannel: null })
    },
  )

  test.each([
    ['APIG', 'APIG'],
    ['ROMA_CONNECT', 'ROMA'],
  ] as const)('an error where %s has no such instance', async (product, service) => {
    await using pair = await startPair({ status: 404, body: APIG_NO_INSTANCE })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, { ...KEY, product })
    expect(data).toEqual({ vpcChannel: null })
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: ['vpcChannel'],
      extensions: {
        code: 'NOT_FOUND',
        reason: 'INSTANCE_NOT_FOUND',
        upstream: { service, operation: 'showVpcChannel', status: 404, errorCode: 'APIG.3030' },
      },
    })
    expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
  })

  test.each([
    ['of another code', { error_code: 'APIG.9998', error_msg: 'x' }],
    ['without a body', ''],
  ])('an error, not null, for a 404 %s', async (_what, body) => {
    await using pair = await startPair({ status: 404, body })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, KEY)
    expect(data).toEqual({ vpcChannel: null })
    expect(errors?.map((error) => error.extensions.code)).toEqual(['NOT_FOUND'])
  })

  test('an error about the endpoint, not about the channel, for a 404 of a page', async () => {
    await using pair = await startPair({ status: 404, body: '<html>404</html>' })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, KEY)
    expect(data).toEqual({ vpcChannel: null })
    expect(errors).toMatchObject([
      {
        message: 'The cloud has no such API at this endpoint. Check the endpoint and the region.',
        extensions: {
          code: 'FAILED_PRECONDITION',
          reason: 'API_NOT_PUBLISHED',
          upstream: { errorCode: null },
        },
      },
    ])
  })

  test.each([
    ['a list', [SMALLEST_ANSWER]],
    ['nothing', ''],
    ['null', 'null'],
    ['no id', { name: 'VPC_demo' }],
    ['no name', { id: CHANNEL_ID }],
    ['a list of channels', { size: 1, total: 1, vpc_channels: [SMALLEST_ANSWER] }],
  ])('an error for a success that holds %s', async (_what, body) => {
    await using pair = await startPair({ body })
    const { data, errors } = await pair.send(WholeVpcChannelDocument, KEY)
    expect(data).toEqual({ vpcChannel: null })
    expect(errors).toHaveLength(1)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE' })
    expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
  })
})

describe('an id never reaches a URL', () => {
  const BAD = [
    '..',
    '.',
    'a/b',
    '../x',
    'x'.repeat(65),
    '',
    '%2e%2e',
    'a%2Fb',
    'a b',
    'a?b',
    'a#b',
    'a\n',
    'ü',
    '\u0000',
  ]

  test.each(['projectId', 'instanceId', 'id'] as const)('as the %s of a query', async (field) => {
    await using pair = await startPair(FOUND)
    for (const product of ['APIG', 'ROMA_CONNECT'] as const) {
      for (const bad of BAD) {
        const { data, errors } = await pair.send(WholeVpcChannelDocument, { ...KEY, product, [field]: bad })
        expect({ bad, data }).toEqual({ bad, data: { vpcChannel: null } })
        expect(errors).toHaveLength(1)
        expect(errors?.[0]?.extensions).toMatchObject({
          code: 'BAD_USER_INPUT',
          validation: [{ path: [field], rule: bad === '' ? 'REQUIRED' : 'ID', source: 'GATEWAY' }],
        })
      }
    }
    expect(pair.calls).toEqual([])
  })

  test('as the header X-Project-Id', async () => {
    await using pair = await startPair(FOUND)
    for (const bad of ['..', 'a/b', '%2e%2e', 'x'.repeat(65), 'a, b']) {
      const { errors } = await pair.send(WholeVpcChannelDocument, KEY, { 'x-project-id': bad })
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'BAD_USER_INPUT',
        validation: [{ path: ['projectId'], rule: 'ID' }],
      })
    }
    expect(pair.calls).toEqual([])
  })

  test('all bad ones are told at once', async () => {
    await using pair = await startPair(FOUND, { projectId: null })
    const { errors } = await pair.send(WholeVpcChannelDocument, { instanceId: '..', id: 'a/b' })
    expect(errors?.[0]?.extensions.validation).toMatchObject([
      { path: ['projectId'], rule: 'REQUIRED' },
      { path: ['instanceId'], rule: 'ID' },
      { path: ['id'], rule: 'ID' },
    ])
    expect(pair.calls).toEqual([])
  })
})
