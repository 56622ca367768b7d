import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { CREATE, UPSERT } from '../../fixtures/ask.ts'
import { fullInput, leastInput } from '../../fixtures/channel-inputs.ts'
import {
  type GatewayOptions,
  PROJECT_ID,
  startGateway,
  TOKEN,
  WIDE_DOCUMENTS,
} from '../../support/start-gateway.ts'
import { type Answering, type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'

const UUID = '9f0c8a4e-6b1d-4c57-8e12-3a4b5c6d7e8f'
const WHO = `token:${createHash('sha256').update(TOKEN).digest('hex').slice(0, 16)}`
const APIG = leastInput('APIG')
const ROMA = { ...leastInput('ROMA_CONNECT'), instanceIds: ['instance-1', 'instance-2'] }
const NO_CHANNELS = { body: { size: 0, total: 0, vpc_channels: [], project_vpc_channels: [] } }
const FORBIDDEN = { status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } }
const created = {
  status: 201,
  headers: { 'x-request-id': `${UUID}-1-host` },
  body: { id: 'channel-1', name: 'vpc_demo' },
}

async function pairOf(
  answering: Answering | PlannedAnswer,
  options: Pick<GatewayOptions, 'logLevel' | 'documents'> = {},
) {
  const upstream = await startUpstream(answering)
  const gateway = await startGateway({ upstream: upstream.url, ...options })
  return {
    ...gateway,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

describe('a creation', () => {
  test('tells who created what, where, and by which call', async () => {
    await using gateway = await pairOf(created)
    await gateway.send(CREATE, { input: APIG }, { 'x-request-id': 'mine-1' })
    expect(gateway.audited).toEqual([
      {
        level: 30,
        time: expect.anything(),
        audit: true,
        phase: 'end',
        requestId: 'mine-1',
        who: WHO,
        kind: 'mutation',
        operationName: 'Create',
        field: 'createVpcChannel',
        projectId: PROJECT_ID,
        name: 'vpc_demo',
        requested: 1,
        instances: [
          { instanceId: 'instance-1', outcome: 'CREATED', effect: 'APPLIED', vpcChannelId: 'channel-1' },
        ],
        effect: 'APPLIED',
        upstream: [
          { service: 'APIG', operation: 'createVpcChannel', status: 201, errorCode: null, requestId: UUID },
        ],
        msg: 'audit: createVpcChannel APPLIED',
      },
    ])
  })

  test('is refused by the cloud', async () => {
    await using gateway = await pairOf({
      status: 400,
      body: { error_code: 'APIG.3208', error_msg: 'exists' },
    })
    await gateway.send(CREATE, { input: { ...APIG, projectId: 'project-7' } })
    expect(gateway.audited).toMatchObject([
      {
        projectId: 'project-7',
        instances: [{ instanceId: 'instance-1', outcome: 'FAILED', effect: 'NOT_APPLIED' }],
        effect: 'NOT_APPLIED',
        error: { code: 'CONFLICT', reason: 'CHANNEL_NAME_TAKEN' },
        upstream: [
          { operation: 'createVpcChannel', status: 400, errorCode: 'APIG.3208' },
          { operation: 'listVpcChannels', status: 400 },
        ],
      },
    ])
  })

  test('may have happened', async () => {
    await using gateway = await pairOf((call, { response }) => {
      if (call.method === 'GET') return FORBIDDEN
      response.destroy()
      return undefined
    })
    await gateway.send(CREATE, { input: APIG })
    expect(gateway.audited).toMatchObject([
      {
        instances: [{ instanceId: 'instance-1', outcome: 'UNKNOWN', effect: 'UNKNOWN' }],
        effect: 'UNKNOWN',
        error: { code: 'UPSTREAM_UNAVAILABLE', reason: 'CONNECTION_LOST' },
        upstream: [
          { operation: 'createVpcChannel', status: null },
          { operation: 'listVpcChannels', status: 403, errorCode: 'APIG.1005' },
        ],
      },
    ])
  })

  test('is told though its caller has gone', async () => {
    const received = Promise.withResolvers<() => void>()
    await using gateway = await pairOf((_call, { response }) => {
      received.resolve(() => response.writeHead(201).end(JSON.stringify(created.body)))
      return undefined
    })
    const leaving = new AbortController()
    const sent = fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': TOKEN },
      body: JSON.stringify({ query: CREATE, variables: { input: APIG } }),
      signal: leaving.signal,
    })
    const answer = await received.promise
    leaving.abort()
    await expect(sent).rejects.toThrow()
    await gateway.send('{ __typename }')
    expect(gateway.audited).toEqual([])
    answer()
    await expect.poll(() => gateway.audited, { interval: 2 }).toMatchObject([{ effect: 'APPLIED', who: WHO }])
  })
})

describe('a batch', () => {
  const item = (instance_id: string, id = `channel-of-${instance_id}`) => ({
    id,
    name: 'vpc_demo',
    instance_id,
  })
  const refused = { error_code: 'APIG.3330', error_msg: 'bound', instance_id: 'instance-2' }

  test('tells of each instance what became of it', async () => {
    const channels = [item('instance-1'), refused]
    await using gateway = await pairOf((call) =>
      call.method === 'GET' ? NO_CHANNELS : { body: { project_vpc_channels: channels } },
    )
    await gateway.send(UPSERT, { input: ROMA })
    expect(gateway.audited).toMatchObject([
      {
        field: 'upsertProjectVpcChannels',
        name: 'vpc_demo',
        requested: 2,
        instances: [
          {
            instanceId: 'instance-1',
            outcome: 'CREATED',
            effect: 'APPLIED',
            vpcChannelId: 'channel-of-instance-1',
          },
          {
            instanceId: 'instance-2',
            outcome: 'FAILED',
            effect: 'NOT_APPLIED',
            error: { code: 'CONFLICT', reason: 'MICROSERVICE_BOUND' },
          },
        ],
        effect: 'PARTIAL',
        upstream: [{ operation: 'listProjectVpcChannels' }, { operation: 'upsertProjectVpcChannels' }],
      },
    ])
  })

  test('of which one instance may have the channel is UNKNOWN as a whole', async () => {
    await using gateway = await pairOf((call) =>
      call.method === 'GET' ? FORBIDDEN : { body: { project_vpc_channels: [item('instance-1')] } },
    )
    await gateway.send(UPSERT.replace('outcome', 'error { code }'), { input: ROMA })
    expect(gateway.audited).toMatchObject([
      {
        // Nobody has asked what was there before.
        instances: [
          { outcome: 'UNKNOWN', effect: 'APPLIED' },
          { outcome: 'UNKNOWN', effect: 'UNKNOWN', error: { code: 'UPSTREAM_BAD_RESPONSE' } },
        ],
        effect: 'UNKNOWN',
      },
    ])
  })

  test('that failed everywhere tells of each instance too', async () => {
    await using gateway = await pairOf((call) =>
      call.method === 'GET'
        ? NO_CHANNELS
        : { body: { project_vpc_channels: [refused, { ...refused, instance_id: 'instance-1' }] } },
    )
    const { errors } = await gateway.send(UPSERT, { input: ROMA })
    expect(errors?.[0]?.extensions.code).toBe('CONFLICT')
    expect(gateway.audited).toMatchObject([
      {
        instances: [
          { instanceId: 'instance-1', outcome: 'FAILED', error: { code: 'CONFLICT' } },
          { instanceId: 'instance-2', outcome: 'FAILED', error: { code: 'CONFLICT' } },
        ],
        effect: 'NOT_APPLIED',
      },
    ])
  })

  test('as a subscription is told once, at its end', async () => {
    await using gateway = await pairOf((call) =>
      call.method === 'GET'
        ? NO_CHANNELS
        : { body: { project_vpc_channels: ROMA.instanceIds.map((id) => item(id)) } },
    )
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-auth-token': TOKEN },
      body: JSON.stringify({
        query: `subscription Progress($input: UpsertProjectVpcChannelsInput!) {
          upsertProjectVpcChannels(input: $input) { finished }
        }`,
        variables: { input: ROMA },
      }),
    })
    expect(await response.text()).toContain('"finished":2')
    expect(gateway.audited).toMatchObject([
      {
        kind: 'subscription',
        operationName: 'Progress',
        field: 'upsertProjectVpcChannels',
        instances: [{ outcome: 'CREATED' }, { outcome: 'CREATED' }],
        effect: 'APPLIED',
      },
    ])
  })
})

describe('a write that was refused', () => {
  const NOT_ATTEMPTED = { instanceId: 'instance-1', outcome: 'NOT_ATTEMPTED', effect: 'NOT_APPLIED' }

  test('for want of a token is nobody’s', async () => {
    await using gateway = await pairOf(created)
    await gateway.send(CREATE, { input: APIG }, { 'x-auth-token': null })
    expect(gateway.audited).toMatchObject([
      {
        who: 'nobody',
        name: 'vpc_demo',
        instances: [NOT_ATTEMPTED],
        effect: 'NOT_APPLIED',
        error: { code: 'UNAUTHENTICATED', reason: 'TOKEN_MISSING' },
        upstream: [],
      },
    ])
  })

  test.each([
    ['a rule', { ...APIG, port: 0 }],
    ['a type', { ...APIG, port: 'many' }],
    ['a field that is none', { ...APIG, colour: 'red' }],
  ])('for %s', async (_what, input) => {
    await using gateway = await pairOf(created)
    await gateway.send(CREATE, { input })
    expect(gateway.audited).toMatchObject([
      {
        who: WHO,
        field: 'createVpcChannel',
        projectId: PROJECT_ID,
        name: 'vpc_demo',
        requested: 1,
        instances: [NOT_ATTEMPTED],
        effect: 'NOT_APPLIED',
        error: { code: 'BAD_USER_INPUT' },
        upstream: [],
      },
    ])
  })

  test('for a value in the document, or a field that is none, is told with what it asked for', async () => {
    await using gateway = await pairOf(created)
    await gateway.send(
      'mutation { createVpcChannel(input: {instanceId: "instance-1", name: "vpc_demo", port: 0.5}) { vpcChannel { id } } }',
    )
    await gateway.send(
      'mutation { upsertProjectVpcChannels(input: {instanceIds: ["a", "b"], name: "vpc_demo", port: 1}) { nothing } }',
    )
    expect(gateway.audited).toMatchObject([
      { name: 'vpc_demo', instances: [NOT_ATTEMPTED], error: { code: 'BAD_USER_INPUT' } },
      {
        field: 'upsertProjectVpcChannels',
        requested: 2,
        instances: [{ instanceId: 'a' }, { instanceId: 'b' }],
        error: { code: 'GRAPHQL_VALIDATION_FAILED' },
      },
    ])
  })

  test('because one before it failed', async () => {
    await using gateway = await pairOf(
      { status: 400, body: { error_code: 'APIG.3208' } },
      { documents: WIDE_DOCUMENTS },
    )
    const input = '{instanceId: "instance-1", name: "vpc_demo", port: 1}'
    await gateway.send(`mutation {
      first: createVpcChannel(input: ${input}) { vpcChannel { id } }
      ...Second
      third: createVpcChannel(input: ${input}) @skip(if: true) { vpcChannel { id } }
    }
    fragment Second on Mutation {
      second: createVpcChannel(input: ${input.replace('vpc_demo', 'another')}) { vpcChannel { id } }
    }`)
    expect(gateway.audited.map(({ name, instances }) => [name, instances[0].outcome])).toEqual([
      ['vpc_demo', 'FAILED'],
      ['another', 'NOT_ATTEMPTED'],
    ])
  })

  test('shows no name and no id that does not look like one', async () => {
    const odd = ['a b', 'x\n{"audit":true}', '../..', '', 'a'.repeat(65), 'a\u202eb', '"', '$HOME']
    await using gateway = await pairOf(created)
    for (const text of odd) {
      await gateway.send(CREATE, { input: { ...APIG, instanceId: text, name: text, projectId: text } })
      await gateway.send(UPSERT, {
        input: { ...ROMA, instanceIds: [text], name: text, port: 'x', projectId: text },
      })
    }
    expect(gateway.audited).toHaveLength(odd.length * 2)
    for (const line of gateway.audited) {
      expect(line).toMatchObject({ projectId: null, name: null, instances: [{ instanceId: null }] })
    }
  })

  test('is told in a line of bounded length, and not more than twenty times an operation', async () => {
    await using gateway = await pairOf(created)
    const many = Array.from({ length: 5_000 }, (_, index) => `instance-${index}`)
    await gateway.send(UPSERT, { input: { ...ROMA, instanceIds: many } })
    const fields = Array.from(
      { length: 100 },
      (_, index) => `a${index}: createVpcChannel(input: 1) { nothing }`,
    )
    await gateway.send(`mutation { ${fields.join(' ')} }`)
    expect(gateway.audited[0]).toMatchObject({ requested: 5_000, effect: 'NOT_APPLIED' })
    expect(gateway.audited[0].instances).toHaveLength(500)
    expect(gateway.audited).toHaveLength(21)
  })

  test('is not told where nothing was to be written', async () => {
    await using gateway = await pairOf({ body: { id: 'c', name: 'n' } })
    await gateway.send('{ vpcChannel(instanceId: "i", id: "c") { name } }')
    await gateway.send('query { nothing }')
    await gateway.send('mutation {')
    await gateway.send(
      CREATE.replace('{ createVpc', '{ __typename @skip(if: false) createVpc').replace(
        '(input: $input)',
        '(input: $input) @skip(if: true)',
      ),
      { input: APIG },
    )
    expect(gateway.audited).toEqual([])
  })
})

test('shows a name and ids, and nothing else of the input', async () => {
  await using gateway = await pairOf(created)
  await gateway.send(CREATE, { input: fullInput('APIG') })
  expect(gateway.audited).toHaveLength(1)
  const line = JSON.stringify(gateway.audited)
  for (const word of ['192.168', 'ecs-1', 'group-1', 'remark', '/health', 'dict-1', 'engine-1', TOKEN]) {
    expect(line).not.toContain(word)
  }
})

test('carries the trace that the caller named', async () => {
  await using gateway = await pairOf(created)
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await gateway.send(CREATE, { input: APIG }, { traceparent })
  await gateway.send(CREATE, { input: APIG }, { traceparent: `${traceparent} x` })
  await gateway.send(
    CREATE,
    { input: APIG },
    { traceparent: '00-00000000000000000000000000000000-b7ad6b7169203331-01' },
  )
  const ids = ['0af7651916cd43dd8448eb211c80319c', undefined, undefined]
  expect(gateway.audited.map(({ traceId }) => traceId)).toEqual(ids)
  expect(gateway.logged.map(({ traceId }) => traceId)).toEqual(ids)
})

test.each([
  ['fatal', 1],
  ['silent', 0],
])('at LOG_LEVEL=%s there are %i audit lines', async (logLevel, lines) => {
  await using gateway = await pairOf(created, { logLevel })
  await gateway.send(CREATE, { input: APIG })
  expect(gateway.logged).toEqual([])
  expect(gateway.audited).toHaveLength(lines)
})
