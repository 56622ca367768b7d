import { describe, expect, test } from 'vitest'
import { CreateVpcChannelDocument } from '../support/generated/graphql.ts'
import { APIG_SERVER_ANSWER, ROMA_ANSWER } from '../support/pages.ts'
import { PROJECT_ID, TOKEN } from '../support/start-gateway.ts'
import type { Answering, PlannedAnswer } from '../support/start-upstream.ts'
import {
  APIG_INSTANCE,
  CHANNEL_ID,
  ROMA_INSTANCES,
  SMALLEST_CREATE,
  SMALLEST_UPSERT,
  startPair,
} from './start-pair.ts'

const [FIRST, SECOND] = ROMA_INSTANCES
const APIG_PATH = `/v2/${PROJECT_ID}/apigw/instances/${APIG_INSTANCE}/vpc-channels`
const ROMA_PATH = `/v2/${PROJECT_ID}/apic/vpc-channels`

const SHOWN = {
  ...JSON.parse(APIG_SERVER_ANSWER),
  // To the second, as the live service answers a GET of what a POST answered to the nanosecond.
  create_time: '2020-07-23T07:11:57Z',
  members: [{ id: 'member-1', vpc_channel_id: CHANNEL_ID, host: '192.168.0.5', ecs_id: '', ecs_name: '' }],
  vpc_health_config: { id: 'check-1', vpc_channel_id: CHANNEL_ID, protocol: 'http', timeout: 5 },
}

/** Answers the POST as the page does, and every GET as told. */
const created =
  (shown: PlannedAnswer = { body: SHOWN }): Answering =>
  ({ method }) =>
    method === 'POST' ? { status: 201, body: APIG_SERVER_ANSWER } : shown

const create = (selection: string): string =>
  `mutation Create($input: CreateVpcChannelInput!) { createVpcChannel(input: $input) { vpcChannel { ${selection} } } }`

/** Without `outcome`, which would have the channels read before they are written. */
const upsert = (selection: string): string =>
  `mutation Upsert($input: UpsertProjectVpcChannelsInput!) {
    upsertProjectVpcChannels(input: $input) { status results { vpcChannel { ${selection} } error { code } } }
  }`

const HEALTH_CHECK = 'healthCheck { id vpcChannelId protocol timeoutSeconds }'
const MEMBERS = 'members { id vpcChannelId host ecsId ecsName }'

describe('members and health check of a created channel', () => {
  test('are not asked for when not selected', async () => {
    await using pair = await startPair(created())
    const { data } = await pair.send(CreateVpcChannelDocument, { input: SMALLEST_CREATE })
    expect(data?.createVpcChannel.vpcChannel.createdAt).toBe('2020-07-23T07:11:57.244829604Z')
    expect(pair.calls.map((call) => call.method)).toEqual(['POST'])
  })

  test.each([
    ['members alone', MEMBERS],
    ['the health check alone', HEALTH_CHECK],
    ['both', `${MEMBERS} ${HEALTH_CHECK}`],
    ['both, twice each', `${MEMBERS} ${HEALTH_CHECK} again: members { id } too: healthCheck { id }`],
  ])('cost exactly one GET by id when %s are selected', async (_what, selection) => {
    await using pair = await startPair(created())
    const { errors } = await pair.send(create(`id createdAt ${selection}`), { input: SMALLEST_CREATE })
    expect(errors).toBeUndefined()
    expect(pair.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `POST ${APIG_PATH}`,
      `GET ${APIG_PATH}/${CHANNEL_ID}`,
    ])
  })

  test('come from the GET; everything else is as the POST answered it', async () => {
    await using pair = await startPair(created())
    const { data } = await pair.send<unknown, unknown>(create(`createdAt ${MEMBERS} ${HEALTH_CHECK}`), {
      input: SMALLEST_CREATE,
    })
    expect(data).toEqual({
      createVpcChannel: {
        vpcChannel: {
          createdAt: '2020-07-23T07:11:57.244829604Z',
          members: [
            { id: 'member-1', vpcChannelId: CHANNEL_ID, host: '192.168.0.5', ecsId: null, ecsName: null },
          ],
          healthCheck: { id: 'check-1', vpcChannelId: CHANNEL_ID, protocol: 'HTTP', timeoutSeconds: 5 },
        },
      },
    })
  })

  test('are asked for with the same token, in the same language, without a body', async () => {
    await using pair = await startPair(created())
    await pair.send(
      create('members { id }'),
      { input: SMALLEST_CREATE },
      { 'accept-language': 'zh', cookie: 'a=b' },
    )
    const [, get] = pair.calls
    const { host, connection, ...headers } = get?.headers ?? {}
    expect(headers).toEqual({
      accept: 'application/json',
      'accept-encoding': 'identity',
      'user-agent': 'vpc-channel-gateway',
      'x-auth-token': TOKEN,
      'x-language': 'zh-cn',
    })
    expect(get?.body).toBe('')
  })

  test('that the POST has answered already are not asked for again', async () => {
    await using pair = await startPair({ status: 201, body: SHOWN })
    const { data, errors } = await pair.send<unknown, unknown>(create('members { id } healthCheck { id }'), {
      input: SMALLEST_CREATE,
    })
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      createVpcChannel: { vpcChannel: { members: [{ id: 'member-1' }], healthCheck: { id: 'check-1' } } },
    })
    expect(pair.calls).toHaveLength(1)
  })

  test('that the GET leaves out are null, without an error', async () => {
    await using pair = await startPair(created({ body: APIG_SERVER_ANSWER }))
    const { data, errors } = await pair.send<unknown, unknown>(create('members { id } healthCheck { id }'), {
      input: SMALLEST_CREATE,
    })
    expect(errors).toBeUndefined()
    expect(data).toEqual({ createVpcChannel: { vpcChannel: { members: null, healthCheck: null } } })
  })

  test.each<[string, PlannedAnswer, string, number]>([
    [
      'breaks',
      { status: 500, body: { error_code: 'APIG.9999', error_msg: 'System error' } },
      'UPSTREAM_ERROR',
      3,
    ],
    ['is throttled', { status: 429, body: { error_code: 'APIG.0308', error_msg: 'x' } }, 'RATE_LIMITED', 3],
    ['finds no channel', { status: 404, body: { error_code: 'APIG.3023', error_msg: 'x' } }, 'NOT_FOUND', 1],
    ['is forbidden', { status: 403, body: { error_code: 'APIG.1005', error_msg: 'x' } }, 'FORBIDDEN', 1],
    [
      'answers HTML',
      { body: '<html></html>', headers: { 'content-type': 'text/html' } },
      'UPSTREAM_BAD_RESPONSE',
      3,
    ],
    ['answers a list', { body: [] }, 'UPSTREAM_BAD_RESPONSE', 1],
  ])(
    'are null with an error of their own when the GET %s: the write itself has happened',
    async (_how, shown, code, attempts) => {
      await using pair = await startPair(created(shown))
      const { status, data, errors } = await pair.send<unknown, unknown>(
        create('id name members { id } healthCheck { id }'),
        {
          input: SMALLEST_CREATE,
        },
      )
      expect(status).toBe(200)
      expect(data).toEqual({
        createVpcChannel: {
          vpcChannel: { id: CHANNEL_ID, name: 'VPC_demo', members: null, healthCheck: null },
        },
      })
      expect(
        errors?.map(({ path, extensions }) => ({ path, code: extensions.code, effect: extensions.effect })),
      ).toEqual([
        { path: ['createVpcChannel', 'vpcChannel', 'members'], code, effect: 'APPLIED' },
        { path: ['createVpcChannel', 'vpcChannel', 'healthCheck'], code, effect: 'APPLIED' },
      ])
      expect(pair.calls.map((call) => call.method)).toEqual(['POST', ...Array(attempts).fill('GET')])
    },
  )

  test('are not asked for where the id could not stand in a URL, and the caller is not blamed for it', async () => {
    const answer = { ...JSON.parse(APIG_SERVER_ANSWER), id: '../../other' }
    await using pair = await startPair({ status: 201, body: answer })
    const { data, errors } = await pair.send<unknown, unknown>(create('id members { id }'), {
      input: SMALLEST_CREATE,
    })
    expect(pair.calls.map((call) => call.method)).toEqual(['POST'])
    expect(data).toEqual({ createVpcChannel: { vpcChannel: { id: '../../other', members: null } } })
    expect(errors?.[0]?.path).toEqual(['createVpcChannel', 'vpcChannel', 'members'])
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', effect: 'APPLIED' })
  })

  test('of two creations in one operation are each its own', async () => {
    await using pair = await startPair(
      ({ method, json, path }) => {
        const id = method === 'POST' ? `id-of-${json.name}` : path.split('/').at(-1)
        return {
          status: method === 'POST' ? 201 : 200,
          body: { id, name: 'n', ...(method === 'GET' && { members: [{ id }] }) },
        }
      },
      { documents: { writes: 2 } },
    )
    const { data, errors } = await pair.send<unknown, unknown>(
      `mutation Two($a: CreateVpcChannelInput!, $b: CreateVpcChannelInput!) {
        a: createVpcChannel(input: $a) { vpcChannel { members { id } } }
        b: createVpcChannel(input: $b) { vpcChannel { members { id } } }
      }`,
      { a: { ...SMALLEST_CREATE, name: 'one' }, b: { ...SMALLEST_CREATE, name: 'two' } },
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      a: { vpcChannel: { members: [{ id: 'id-of-one' }] } },
      b: { vpcChannel: { members: [{ id: 'id-of-two' }] } },
    })
    expect(pair.calls.map((call) => call.method)).toEqual(['POST', 'GET', 'POST', 'GET'])
  })
})

const LISTED = {
  size: 3,
  total: 3,
  project_vpc_channels: [
    { id: 'of-another-name', name: 'VPC_demo_2', instance_id: FIRST },
    { id: 'second-id', name: 'VPC_demo', instance_id: SECOND },
    { id: 'foreign-id', name: 'VPC_demo', instance_id: 'foreign' },
    { id: 'first-id', name: 'VPC_demo', instance_id: FIRST },
  ],
}

/** Answers the PUT as the page does, the list as told, and every GET by id with members. */
const written =
  (list: PlannedAnswer = { body: LISTED }): Answering =>
  ({ method, path }) => {
    if (method === 'PUT') return { body: ROMA_ANSWER }
    if (path.startsWith(`${ROMA_PATH}?`)) return list
    const id = path.split('/').at(-1)
    return { body: { id, name: 'VPC_demo', members: [{ id: `member-of-${id}` }] } }
  }

describe('the ids of a batch, which the example of its answer leaves out', () => {
  test('are not asked for when not selected', async () => {
    await using pair = await startPair(written())
    await pair.send(upsert('name'), { input: SMALLEST_UPSERT })
    expect(pair.calls.map((call) => call.method)).toEqual(['PUT'])
  })

  test('are not asked for where the answer has them', async () => {
    const answer = JSON.parse(ROMA_ANSWER)
    for (const [index, item] of answer.project_vpc_channels.entries()) item.id = `answered-${index}`
    await using pair = await startPair({ body: answer })
    const { data } = await pair.send<unknown, unknown>(upsert('id'), { input: SMALLEST_UPSERT })
    expect(data).toMatchObject({
      upsertProjectVpcChannels: {
        results: [{ vpcChannel: { id: 'answered-0' } }, { vpcChannel: { id: 'answered-1' } }],
      },
    })
    expect(pair.calls).toHaveLength(1)
  })

  test('cost one list by exact name for all instances', async () => {
    await using pair = await startPair(written())
    const { data, errors } = await pair.send<unknown, unknown>(upsert('id again: id instanceId'), {
      input: SMALLEST_UPSERT,
    })
    expect(errors).toBeUndefined()
    expect(data).toEqual({
      upsertProjectVpcChannels: {
        status: 'SUCCEEDED',
        results: [
          {
            vpcChannel: { id: 'first-id', again: 'first-id', instanceId: FIRST },
            error: null,
          },
          {
            vpcChannel: { id: 'second-id', again: 'second-id', instanceId: SECOND },
            error: null,
          },
        ],
      },
    })
    expect(pair.calls.map((call) => call.method)).toEqual(['PUT', 'GET'])
    const list = new URL(pair.calls[1]?.path ?? '', 'http://upstream')
    expect(list.pathname).toBe(ROMA_PATH)
    expect(list.searchParams.get('name')).toBe('VPC_demo')
    expect(list.searchParams.get('precise_search')).toBe('name')
    // More than one page would not be one call; 500 is the most that the cloud gives.
    expect(Number(list.searchParams.get('limit'))).toBeGreaterThanOrEqual(10)
    expect(Number(list.searchParams.get('limit'))).toBeLessThanOrEqual(500)
  })

  test.each(['中文通道', 'a b&name=x', 'a+b%2F?#'])('escape the name %j in the query', async (name) => {
    const answer = { project_vpc_channels: [{ instance_id: FIRST, name }] }
    await using pair = await startPair(
      ({ method }) => (method === 'PUT' ? { body: answer } : { body: LISTED }),
      {
        validation: 'types',
      },
    )
    await pair.send(upsert('id'), { input: { ...SMALLEST_UPSERT, instanceIds: [FIRST], name } })
    const list = new URL(pair.calls[1]?.path ?? '', 'http://upstream')
    expect(pair.calls[1]?.path).toMatch(/^[\x21-\x7e]+$/)
    expect(list.pathname).toBe(ROMA_PATH)
    expect(list.searchParams.getAll('name')).toEqual([name])
    expect(list.searchParams.getAll('precise_search')).toEqual(['name'])
  })

  test('lead to members with one GET an instance, in ROMA Connect', async () => {
    await using pair = await startPair(written())
    const { data, errors } = await pair.send<unknown, unknown>(
      upsert('members { id } healthCheck { protocol }'),
      {
        input: SMALLEST_UPSERT,
      },
    )
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      upsertProjectVpcChannels: {
        results: [
          { vpcChannel: { members: [{ id: 'member-of-first-id' }], healthCheck: { protocol: 'HTTP' } } },
          { vpcChannel: { members: [{ id: 'member-of-second-id' }], healthCheck: { protocol: 'HTTP' } } },
        ],
      },
    })
    const [put, list, ...shows] = pair.calls.map(({ method, path }) => `${method} ${path}`)
    expect(put).toBe(`PUT ${ROMA_PATH}`)
    expect(list).toContain('precise_search=name')
    expect(shows.sort()).toEqual([
      `GET /v2/${PROJECT_ID}/apic/instances/${SECOND}/vpc-channels/second-id`,
      `GET /v2/${PROJECT_ID}/apic/instances/${FIRST}/vpc-channels/first-id`,
    ])
  })

  test('that the list does not tell are an error of that channel alone: its write has happened', async () => {
    await using pair = await startPair(
      written({
        body: { project_vpc_channels: [{ id: 'second-id', name: 'VPC_demo', instance_id: SECOND }] },
      }),
    )
    const { status, data, errors } = await pair.send<unknown, unknown>(upsert('id'), {
      input: SMALLEST_UPSERT,
    })
    expect(status).toBe(200)
    expect(data).toEqual({
      upsertProjectVpcChannels: {
        status: 'SUCCEEDED',
        results: [
          { vpcChannel: null, error: null },
          { vpcChannel: { id: 'second-id' }, error: null },
        ],
      },
    })
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: ['upsertProjectVpcChannels', 'results', 0, 'vpcChannel', 'id'],
      extensions: { code: 'NOT_FOUND', effect: 'APPLIED' },
    })
  })

  test.each<[string, PlannedAnswer, string, number]>([
    ['breaks', { status: 500, body: { error_code: 'APIG.9999', error_msg: 'x' } }, 'UPSTREAM_ERROR', 3],
    ['answers no list', { body: { size: 0 } }, 'UPSTREAM_BAD_RESPONSE', 1],
    ['answers no JSON', { body: 'oops' }, 'UPSTREAM_BAD_RESPONSE', 3],
  ])('whose list %s are errors of the ids, never of the write', async (_how, list, code, attempts) => {
    await using pair = await startPair(written(list))
    const { data, errors } = await pair.send<unknown, unknown>(upsert('id'), { input: SMALLEST_UPSERT })
    expect(data).toMatchObject({ upsertProjectVpcChannels: { status: 'SUCCEEDED' } })
    expect(
      errors?.map(({ path, extensions }) => ({ path, code: extensions.code, effect: extensions.effect })),
    ).toEqual(
      [0, 1].map((index) => ({
        path: ['upsertProjectVpcChannels', 'results', index, 'vpcChannel', 'id'],
        code,
        effect: 'APPLIED',
      })),
    )
    expect(pair.calls.map((call) => call.method)).toEqual(['PUT', ...Array(attempts).fill('GET')])
  })

  test('are not taken from garbage in the list', async () => {
    await using pair = await startPair(
      written({
        body: {
          project_vpc_channels: [
            null,
            'x',
            { instance_id: { toString: null }, name: 'VPC_demo', id: 'garbage' },
            { instance_id: SECOND, name: 'VPC_demo', id: '' },
            ...LISTED.project_vpc_channels,
          ],
        },
      }),
    )
    const { data, errors } = await pair.send<unknown, unknown>(upsert('id'), { input: SMALLEST_UPSERT })
    expect(errors).toBeUndefined()
    expect(data).toMatchObject({
      upsertProjectVpcChannels: {
        results: [{ vpcChannel: { id: 'first-id' } }, { vpcChannel: { id: 'second-id' } }],
      },
    })
  })
})
