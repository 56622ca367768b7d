import { expect, test } from 'vitest'
import { startCollector } from '../../support/start-collector.ts'
import { startProcess } from '../../support/start-process.ts'
import { startUpstream } from '../../support/start-upstream.ts'

const SHOW = '{ vpcChannel(instanceId: "i", id: "c") { name } }'

const ask = (url: string, query: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-auth-token': 'token-of-a-caller' },
    body: JSON.stringify({ query }),
  })

test('metrics are on a port of their own where one is set, and traces go where the environment says', async () => {
  await using upstream = await startUpstream({ body: { id: 'c', name: 'vpc_demo' } })
  await using collector = await startCollector()
  await using gateway = startProcess({
    APIG_ENDPOINT: upstream.url,
    HW_PROJECT_ID: 'p1',
    METRICS_PORT: '0',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=k3y',
    OTEL_SERVICE_NAME: 'channels',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
  })
  await ask(await gateway.url(), SHOW)
  await expect.poll(() => gateway.lines.join('\n'), { interval: 5 }).toMatch(/Metrics: \S+/)
  const metricsUrl = /Metrics: (\S+\/metrics)/.exec(gateway.lines.join('\n'))?.[1] ?? ''
  const scraped = await (await fetch(metricsUrl)).text()
  expect(scraped).toContain('vpc_channel_gateway_build_info{version="0.1.0",mode="cloud"} 1')
  expect(scraped).toContain(
    'vpc_channel_gateway_upstream_calls_total{service="APIG",operation="showVpcChannel"',
  )
  gateway.stop('SIGTERM')
  expect(await gateway.exited).toBe(0)
  // What was not sent yet is sent at the end.
  expect(collector.spans.map(({ name }) => name)).toEqual([
    'GET /v2/{project_id}/apigw/instances/{instance_id}/vpc-channels/{vpc_channel_id}',
    'query',
  ])
  expect(collector.spans[0]?.resource).toMatchObject({
    'service.name': 'channels',
    'deployment.environment.name': 'test',
  })
  expect(collector.received).toMatchObject([
    { path: '/v1/traces', headers: { 'x-collector-key': 'k3y', 'content-type': 'application/json' } },
  ])
  expect(gateway.lines.join('\n')).not.toContain('k3y')
  expect(gateway.errors).toEqual([])
})

test('without settings there are neither', async () => {
  await using gateway = startProcess({ OTEL_SERVICE_NAME: 'channels' })
  await ask(await gateway.url(), '{ __typename }')
  gateway.stop('SIGTERM')
  expect(await gateway.exited).toBe(0)
  expect(gateway.lines.join('\n')).not.toMatch(/metrics|traces/i)
})

test('a collector that never answers does not keep the process from ending', async () => {
  await using silent = await startUpstream(() => undefined)
  await using gateway = startProcess({
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${silent.url}/v1/traces`,
    OTEL_EXPORTER_OTLP_TIMEOUT: '100',
  })
  await ask(await gateway.url(), '{ __typename }')
  gateway.stop('SIGTERM')
  expect(await gateway.exited).toBe(0)
  expect(silent.calls.map(({ path }) => path)).toEqual(['/v1/traces'])
})
