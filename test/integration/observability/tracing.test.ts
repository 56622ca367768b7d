import { describe, expect, test } from 'vitest'
import { CREATE } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { startCollector } from '../../support/start-collector.ts'
import { type GatewayOptions, startGateway } from '../../support/start-gateway.ts'
import { type Answering, type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'

const APIG = leastInput('APIG')
const SHOW = 'query Show { vpcChannel(instanceId: "instance-1", id: "channel-1") { name } }'
const TRACE = '0af7651916cd43dd8448eb211c80319c'
const PARENT = 'b7ad6b7169203331'
const UUID = '9f0c8a4e-6b1d-4c57-8e12-3a4b5c6d7e8f'
const channel = { id: 'channel-1', name: 'vpc_demo' }

async function startTraced(answering: Answering | PlannedAnswer, options: GatewayOptions = {}) {
  const upstream = await startUpstream(answering)
  const collector = await startCollector()
  const gateway = await startGateway({
    upstream: upstream.url,
    tracing: {
      sampler: 'parentbased_always_on',
      ratio: 1,
      url: `${collector.url}/v1/traces`,
      delayMs: 60_000,
      timeoutMs: 1_000,
    },
    ...options,
  })
  return {
    upstream,
    collector,
    gateway,
    /** Stops the gateway, so that its spans are sent. */
    spans: async () => {
      await gateway[Symbol.asyncDispose]()
      return collector.spans
    },
    async [Symbol.asyncDispose]() {
      await collector[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

test('an operation is a span, and each of its calls a span below it', async () => {
  await using traced = await startTraced((call) =>
    call.method === 'POST'
      ? { status: 500, headers: { 'x-request-id': `${UUID}-1-h` }, body: { error_code: 'APIG.9999' } }
      : { status: 403, body: { error_code: 'APIG.1005' } },
  )
  const { port, hostname } = new URL(traced.upstream.url)
  await traced.gateway.send(CREATE, { input: APIG }, { 'x-request-id': 'mine-1' })
  const [create, list, operation, ...others] = await traced.spans()
  expect(others).toEqual([])
  expect(operation).toMatchObject({
    name: 'mutation Create',
    kind: 2,
    parentSpanId: undefined,
    status: 2,
    attributes: {
      'graphql.operation.type': 'mutation',
      'graphql.operation.name': 'Create',
      'vpc_channel_gateway.outcome': 'UPSTREAM_ERROR',
      'vpc_channel_gateway.request_id': 'mine-1',
      'error.type': 'UPSTREAM_ERROR',
    },
    resource: { 'service.name': 'vpc-channel-gateway', 'telemetry.sdk.language': 'nodejs' },
  })
  expect(create).toMatchObject({
    name: 'POST /v2/{project_id}/apigw/instances/{instance_id}/vpc-channels',
    kind: 3,
    traceId: operation?.traceId,
    parentSpanId: operation?.spanId,
    status: 2,
  })
  expect(create?.attributes).toEqual({
    'http.request.method': 'POST',
    'url.template': '/v2/{project_id}/apigw/instances/{instance_id}/vpc-channels',
    'server.address': hostname,
    'server.port': Number(port),
    'http.response.status_code': 500,
    'vpc_channel_gateway.upstream.service': 'APIG',
    'vpc_channel_gateway.upstream.operation': 'createVpcChannel',
    'vpc_channel_gateway.upstream.error_code': 'APIG.9999',
    'vpc_channel_gateway.upstream.request_id': UUID,
    'error.type': 'APIG.9999',
  })
  expect(list).toMatchObject({
    name: 'GET /v2/{project_id}/apigw/instances/{instance_id}/vpc-channels',
    parentSpanId: operation?.spanId,
    attributes: { 'http.response.status_code': 403 },
  })
})

test('each call carries its own span to the cloud', async () => {
  await using traced = await startTraced({ body: channel })
  await traced.gateway.send(SHOW)
  const [call, operation] = await traced.spans()
  expect(operation?.traceId).toMatch(/^[0-9a-f]{32}$/)
  expect(traced.upstream.calls.map(({ headers }) => headers['traceparent'])).toEqual([
    `00-${operation?.traceId}-${call?.spanId}-01`,
  ])
  expect(traced.upstream.calls[0]?.headers).not.toHaveProperty('tracestate')
  expect(traced.gateway.logged).toMatchObject([{ traceId: operation?.traceId }])
})

describe('a trace that the caller has begun', () => {
  test('goes on, to the cloud too', async () => {
    await using traced = await startTraced({ status: 201, body: channel })
    const headers = { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: 'vendor=1,other=x' }
    await traced.gateway.send(CREATE, { input: APIG }, headers)
    const [call, operation] = await traced.spans()
    expect([call?.traceId, operation?.traceId]).toEqual([TRACE, TRACE])
    expect([call?.parentSpanId, operation?.parentSpanId]).toEqual([operation?.spanId, PARENT])
    expect(traced.upstream.calls[0]?.headers).toMatchObject({
      traceparent: `00-${TRACE}-${call?.spanId}-01`,
      tracestate: 'vendor=1,other=x',
    })
    expect(traced.gateway.logged).toMatchObject([{ traceId: TRACE }])
    expect(traced.gateway.audited).toMatchObject([{ traceId: TRACE }])
  })

  test('is not recorded where the caller does not record it, and goes on all the same', async () => {
    await using traced = await startTraced({ body: channel })
    await traced.gateway.send(SHOW, {}, { traceparent: `00-${TRACE}-${PARENT}-00` })
    expect(await traced.spans()).toEqual([])
    expect(traced.upstream.calls[0]?.headers['traceparent']).toMatch(
      new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`),
    )
  })

  test.each([
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE}-${PARENT}`,
    `ff-${TRACE}-${PARENT}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
    'nonsense',
  ])('is begun anew where its header is none: %s', async (traceparent) => {
    await using traced = await startTraced({ body: channel })
    await traced.gateway.send(SHOW, {}, { traceparent })
    const [, operation] = await traced.spans()
    expect(operation?.parentSpanId).toBeUndefined()
    expect(operation?.traceId).not.toBe(TRACE)
  })
})

describe('what is no failure of the gateway or the cloud', () => {
  test.each([
    ['the caller’s mistake', CREATE, { input: { ...APIG, port: 0 } }, 'BAD_USER_INPUT', 'mutation Create'],
    ['a document that is not valid', 'query Odd { nothing }', {}, 'GRAPHQL_VALIDATION_FAILED', 'query Odd'],
    ['a text that is no document', 'query {', {}, 'GRAPHQL_PARSE_FAILED', 'request'],
    ['a success', '{ __typename }', {}, 'ok', 'query'],
  ])('is no error of its span: %s', async (_what, document, variables, outcome, name) => {
    await using traced = await startTraced({ body: channel })
    await traced.gateway.send<unknown, object>(document, variables)
    expect(await traced.spans()).toMatchObject([
      { name, status: 0, attributes: { 'vpc_channel_gateway.outcome': outcome } },
    ])
  })
})

test('a call without an answer tells how it failed', async () => {
  await using traced = await startTraced((_call, { response }) => {
    response.destroy()
    return undefined
  })
  await traced.gateway.send(CREATE, { input: APIG })
  const spans = await traced.spans()
  expect(spans.filter(({ kind }) => kind === 3)[0]).toMatchObject({
    status: 2,
    attributes: { 'error.type': 'DISCONNECTED' },
  })
  expect(spans[0]?.attributes).not.toHaveProperty('http.response.status_code')
})

test('a span takes as long as what it stands for', async () => {
  await using traced = await startTraced((_call, { response }) => {
    setTimeout(() => response.writeHead(200).end(JSON.stringify(channel)), 60)
    return undefined
  })
  await traced.gateway.send(SHOW)
  const [call, operation] = await traced.spans()
  expect(call?.milliseconds).toBeGreaterThan(50)
  expect(operation?.milliseconds).toBeGreaterThanOrEqual(call?.milliseconds ?? 0)
  expect(operation?.milliseconds).toBeLessThan(5_000)
})

test.each([
  ['always_off', 1, 0],
  ['parentbased_always_off', 1, 0],
  ['traceidratio', 0, 0],
  ['traceidratio', 1, 2],
  ['parentbased_traceidratio', 0, 0],
  ['always_on', 1, 2],
] as const)('of a sampler %s with %d, %d spans are sent', async (sampler, ratio, sent) => {
  await using collector = await startCollector()
  await using upstream = await startUpstream({ body: channel })
  const gateway = await startGateway({
    upstream: upstream.url,
    tracing: { sampler, ratio, url: `${collector.url}/v1/traces`, delayMs: 60_000, timeoutMs: 1_000 },
  })
  await gateway.send(SHOW)
  await gateway[Symbol.asyncDispose]()
  expect(collector.spans).toHaveLength(sent)
})

test('a collector that refuses is told of once, and disturbs nobody', async () => {
  await using collector = await startCollector({ status: 400 })
  await using upstream = await startUpstream({ body: channel })
  await using gateway = await startGateway({
    upstream: upstream.url,
    tracing: {
      sampler: 'always_on',
      ratio: 1,
      url: `${collector.url}/v1/traces`,
      delayMs: 1,
      timeoutMs: 1_000,
    },
  })
  for (let sent = 1; sent <= 3; sent += 1) {
    expect((await gateway.send(SHOW)).errors).toBeUndefined()
    await expect.poll(() => collector.received.length, { interval: 2 }).toBeGreaterThanOrEqual(sent)
  }
  const warnings = () => gateway.logged.filter(({ msg }) => msg === 'spans cannot be sent')
  await expect.poll(warnings, { interval: 2 }).toHaveLength(1)
})

test('without tracing the cloud gets no headers of it, and the log still names the caller’s trace', async () => {
  await using upstream = await startUpstream({ body: channel })
  await using gateway = await startGateway({ upstream: upstream.url })
  await gateway.send(SHOW, {}, { traceparent: `00-${TRACE}-${PARENT}-01`, tracestate: 'vendor=1' })
  expect(upstream.calls[0]?.headers).not.toHaveProperty('traceparent')
  expect(upstream.calls[0]?.headers).not.toHaveProperty('tracestate')
  expect(gateway.logged).toMatchObject([{ traceId: TRACE }])
})
