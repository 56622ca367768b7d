import { describe, expect, test } from 'vitest'
import { CREATE, UPSERT } from '../../fixtures/ask.ts'
import { leastInput } from '../../fixtures/channel-inputs.ts'
import { samplesOf, seriesOf } from '../../support/exposition.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { type ReceivedCall, startUpstream } from '../../support/start-upstream.ts'

const APIG = leastInput('APIG')
const ROMA = { ...leastInput('ROMA_CONNECT'), instanceIds: ['instance-1', 'instance-2'] }
const SHOW = 'query Show { vpcChannel(instanceId: "instance-1", id: "channel-1") { name status } }'

const created = { status: 201, body: { id: 'channel-1', name: 'vpc_demo' } }
const taken = { status: 400, body: { error_code: 'APIG.3208', error_msg: 'exists' } }
const channel = { id: 'channel-1', name: 'vpc_demo', status: 1 }

test('what was done is counted, to the operation and the call', async () => {
  const none = { body: { total: 0, vpc_channels: [] } }
  const answers = [
    created,
    taken,
    none,
    { body: channel },
    { status: 404, body: { error_code: 'APIG.3002' } },
  ]
  await using upstream = await startUpstream(() => answers.shift() ?? { status: 500, body: 'no JSON' })
  await using gateway = await startGateway({ upstream: upstream.url, metrics: true })
  await gateway.send(CREATE, { input: APIG })
  await gateway.send(CREATE, { input: APIG })
  await gateway.send(SHOW)
  await gateway.send(SHOW)
  await gateway.send(CREATE, { input: { ...APIG, port: 0 } })
  await gateway.send(CREATE, { input: { ...APIG, port: 'x' } })
  await gateway.send(CREATE, { input: APIG }, { 'x-auth-token': null })
  await gateway.send('{ __typename }')
  await gateway.send(
    '{ vpcChannel(instanceId: "i", id: "c") { name } __typename }',
    {},
    { 'x-auth-token': null },
  )
  await gateway.send('query Show { nothing }')
  await gateway.send('query Show {')
  const text = await gateway.scrape()
  expect(seriesOf(text, 'operations_total')).toEqual([
    '1 mutation Create createVpcChannel CONFLICT',
    '1 mutation Create createVpcChannel UNAUTHENTICATED',
    '1 mutation Create createVpcChannel ok',
    '1 query Show vpcChannel NOT_FOUND',
    '1 query Show vpcChannel ok',
    '1 query anonymous __typename ok',
    '1 query anonymous several partial',
    '1 query invalid none GRAPHQL_VALIDATION_FAILED',
    '1 request invalid none GRAPHQL_PARSE_FAILED',
    '2 mutation Create createVpcChannel BAD_USER_INPUT',
  ])
  expect(seriesOf(text, 'operation_duration_seconds_count')).toEqual([
    '1 query __typename',
    '1 query none',
    '1 query several',
    '1 request none',
    '2 query vpcChannel',
    '5 mutation createVpcChannel',
  ])
  expect(seriesOf(text, 'upstream_calls_total')).toEqual([
    '1 APIG createVpcChannel 201 none',
    '1 APIG createVpcChannel 400 APIG.3208',
    '1 APIG listVpcChannels 200 none',
    '1 APIG showVpcChannel 200 none',
    '1 APIG showVpcChannel 404 APIG.3002',
  ])
  expect(seriesOf(text, 'upstream_call_duration_seconds_count')).toEqual([
    '1 APIG listVpcChannels',
    '2 APIG createVpcChannel',
    '2 APIG showVpcChannel',
  ])
  expect(seriesOf(text, 'writes_total')).toEqual([
    '1 createVpcChannel APPLIED',
    '4 createVpcChannel NOT_APPLIED',
  ])
})

test('durations fall into their buckets, in seconds', async () => {
  await using upstream = await startUpstream((_call, { response }) => {
    setTimeout(() => response.writeHead(200).end(JSON.stringify(channel)), 60)
    return undefined
  })
  await using gateway = await startGateway({ upstream: upstream.url, metrics: true })
  await gateway.send(SHOW)
  const samples = samplesOf(await gateway.scrape())
  for (const metric of ['operation_duration_seconds', 'upstream_call_duration_seconds']) {
    const of = samples.filter(({ name }) => name.startsWith(`vpc_channel_gateway_${metric}`))
    const buckets = of.filter(({ name }) => name.endsWith('_bucket'))
    expect(buckets.map(({ labels }) => labels['le'])).toEqual([
      '0.005',
      '0.01',
      '0.025',
      '0.05',
      '0.1',
      '0.25',
      '0.5',
      '1',
      '2.5',
      '5',
      '10',
      '25',
      '+Inf',
    ])
    // A timer may end a little early.
    expect(buckets.slice(0, 4).map(({ value }) => value)).toEqual([0, 0, 0, 0])
    expect(buckets.slice(-4).map(({ value }) => value)).toEqual([1, 1, 1, 1])
    const sum = of.find(({ name }) => name.endsWith('_sum'))?.value ?? 0
    expect(sum).toBeGreaterThan(0.05)
    expect(sum).toBeLessThan(5)
  }
})

test('writes are counted by what became of them, batches too', async () => {
  const item = (instance_id: string) => ({ ...channel, instance_id })
  const both = { body: { project_vpc_channels: [item('instance-1'), item('instance-2')] } }
  const refused = { error_code: 'APIG.3330', error_msg: 'bound', instance_id: 'instance-2' }
  const half = { body: { project_vpc_channels: [item('instance-1'), refused] } }
  const forbidden = { status: 403, body: { error_code: 'APIG.1005', error_msg: 'no' } }
  const throttled = { status: 429, body: { error_code: 'APIG.0308', error_msg: 'slow' } }
  const puts = [both, half, { body: { project_vpc_channels: [item('instance-1')] } }, throttled]
  const answer = (call: ReceivedCall) => (call.method === 'GET' ? forbidden : (puts.shift() ?? forbidden))
  await using upstream = await startUpstream(answer)
  await using gateway = await startGateway({ upstream: upstream.url, metrics: true })
  // `status` asks for no read before the write.
  const document = UPSERT.replace('outcome', 'error { code }')
  for (let times = 0; times < 4; times += 1) await gateway.send(document, { input: ROMA })
  const text = await gateway.scrape()
  expect(seriesOf(text, 'writes_total')).toEqual([
    '1 upsertProjectVpcChannels APPLIED',
    '1 upsertProjectVpcChannels NOT_APPLIED',
    '1 upsertProjectVpcChannels PARTIAL',
    '1 upsertProjectVpcChannels UNKNOWN',
  ])
  expect(seriesOf(text, 'operations_total')).toEqual([
    '1 mutation Upsert upsertProjectVpcChannels RATE_LIMITED',
    '1 mutation Upsert upsertProjectVpcChannels ok',
    '2 mutation Upsert upsertProjectVpcChannels partial',
  ])
})

test('series that alerts wait for are there before anything has happened', async () => {
  await using gateway = await startGateway({ metrics: true })
  const samples = samplesOf(await gateway.scrape())
  const series = (metric: string) =>
    samples.filter(({ name }) => name === `vpc_channel_gateway_${metric}`).map(({ labels }) => labels)
  expect(series('writes_total')).toContainEqual({ field: 'createVpcChannel', effect: 'UNKNOWN' })
  expect(series('writes_total')).toContainEqual({ field: 'upsertProjectVpcChannels', effect: 'UNKNOWN' })
  expect(series('unknown_enum_values_total')).toContainEqual({ field: 'balance_strategy' })
  expect(series('build_info')).toEqual([{ version: '0.0.0-test', mode: 'cloud' }])
})

test('unknown enum values are counted by their REST field', async () => {
  await using upstream = await startUpstream({
    body: { ...channel, status: 9, balance_strategy: 'X', members: [{ host: 'h', status: 'odd' }] },
  })
  await using gateway = await startGateway({ upstream: upstream.url, metrics: true })
  await gateway.send(SHOW)
  expect(seriesOf(await gateway.scrape(), 'unknown_enum_values_total')).toEqual([
    '1 balance_strategy',
    '2 status',
  ])
})

describe('the state of a service', () => {
  test('shows an open breaker, and the operations refused meanwhile', async () => {
    await using upstream = await startUpstream({ status: 503, body: {} })
    const limits = { fewestCalls: 2, halfOpenAfterMs: 60_000 }
    await using gateway = await startGateway({ upstream: upstream.url, metrics: true, limits })
    const states = async () => seriesOf(await gateway.scrape(), 'upstream_breaker_state')
    expect(await states()).toEqual(['1 APIG closed', '1 ROMA closed'])
    // The first one opens it: its read is repeated.
    for (let times = 0; times < 3; times += 1) await gateway.send(SHOW)
    expect(await states()).toEqual(['1 APIG open', '1 ROMA closed'])
    expect(
      seriesOf(await gateway.scrape(), 'operations_total').filter((one) => /OVERLOADED/.test(one)),
    ).toEqual(['3 query other vpcChannel OVERLOADED'])
  })

  test('shows calls under way, and those that wait', async () => {
    const answered = Promise.withResolvers<void>()
    await using upstream = await startUpstream((_call, { response }) => {
      answered.promise.then(() => response.writeHead(200).end(JSON.stringify(channel)))
      return undefined
    })
    await using gateway = await startGateway({
      upstream: upstream.url,
      metrics: true,
      limits: { inFlight: 2, queueMs: 60_000 },
    })
    const sent = [gateway.send(SHOW), gateway.send(SHOW), gateway.send(SHOW)]
    const gauges = async () => {
      const text = await gateway.scrape()
      return [seriesOf(text, 'upstream_in_flight'), seriesOf(text, 'upstream_queued')]
    }
    await expect.poll(gauges, { interval: 5 }).toEqual([['2 APIG'], ['1 APIG']])
    answered.resolve()
    await Promise.all(sent)
    expect(await gauges()).toEqual([[], []])
  })

  test('is not told of a service that no setting names', async () => {
    await using gateway = await startGateway({ metrics: true })
    expect(seriesOf(await gateway.scrape(), 'upstream_breaker_state')).toEqual([])
  })
})

test('calls of a write whose listener has left are counted as they end', async () => {
  const answers: (() => void)[] = []
  const item = { ...channel, instance_id: 'instance-1' }
  await using upstream = await startUpstream((call, { response }) => {
    if (call.method === 'GET') return { body: { size: 0, total: 0, project_vpc_channels: [] } }
    answers.push(() => response.writeHead(200).end(JSON.stringify({ project_vpc_channels: [item] })))
    return undefined
  })
  await using gateway = await startGateway({ upstream: upstream.url, metrics: true })
  const leaving = new AbortController()
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', 'x-auth-token': 'token' },
    body: JSON.stringify({
      query: UPSERT.replace('mutation', 'subscription').replace(/\{ status .*\}\s*\}/s, '{ finished } }'),
      variables: { input: leastInput('ROMA_CONNECT') },
    }),
    signal: leaving.signal,
  })
  expect(response.status).toBe(200)
  await expect.poll(() => answers.length, { interval: 2 }).toBe(1)
  leaving.abort()
  expect(seriesOf(await gateway.scrape(), 'writes_total')).toEqual([])
  answers[0]?.()
  const writes = async () => seriesOf(await gateway.scrape(), 'writes_total')
  await expect.poll(writes, { interval: 5 }).toEqual(['1 upsertProjectVpcChannels APPLIED'])
  const operations = async () => seriesOf(await gateway.scrape(), 'operations_total')
  await expect
    .poll(operations, { interval: 5 })
    .toEqual(['1 subscription Upsert upsertProjectVpcChannels ok'])
  expect(seriesOf(await gateway.scrape(), 'upstream_calls_total')).toContain(
    '1 ROMA upsertProjectVpcChannels 200 none',
  )
})

describe('the port of its own', () => {
  test('answers GET /metrics in the format of Prometheus, and nothing else', async () => {
    await using gateway = await startGateway({ metrics: true })
    const url = gateway.metricsUrl ?? ''
    const response = await fetch(`${url}?x=1`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(await response.text()).toMatch(
      /^# HELP vpc_channel_gateway_operations_total .+\n# TYPE \S+ counter\n/,
    )
    expect((await fetch(url, { method: 'POST' })).status).toBe(404)
    expect((await fetch(url.replace('/metrics', '/'))).status).toBe(404)
    expect((await fetch(url.replace('/metrics', '/graphql?query={__typename}'))).status).toBe(404)
  })

  test('is the only one that tells them', async () => {
    await using gateway = await startGateway({ metrics: true })
    const response = await fetch(gateway.url.replace('/graphql', '/metrics'))
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('vpc_channel_gateway_')
  })

  test('tells of the process too: memory, event loop', async () => {
    await using gateway = await startGateway({ metrics: true })
    const names = samplesOf(await gateway.scrape()).map(({ name }) => name)
    expect(names).toContain('process_resident_memory_bytes')
    expect(names).toContain('nodejs_eventloop_lag_p99_seconds')
    expect(new Set(names.filter((name) => !/^(vpc_channel_gateway|process|nodejs)_/.test(name)))).toEqual(
      new Set(),
    )
  })

  test('closes with the gateway', async () => {
    const gateway = await startGateway({ metrics: true })
    await gateway[Symbol.asyncDispose]()
    await expect(gateway.scrape()).rejects.toThrow()
  })
})

test('gateways in one process count each for itself', async () => {
  await using one = await startGateway({ metrics: true })
  await using other = await startGateway({ metrics: true })
  await one.send('{ __typename }')
  expect(seriesOf(await one.scrape(), 'operations_total')).toHaveLength(1)
  expect(seriesOf(await other.scrape(), 'operations_total')).toEqual([])
})
