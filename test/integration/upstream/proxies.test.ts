import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { startCollector } from '../../support/start-collector.ts'
import { startGateway } from '../../support/start-gateway.ts'
import { startProcess } from '../../support/start-process.ts'
import { startProxy, withCredentials } from '../../support/start-proxy.ts'
import { startUpstream } from '../../support/start-upstream.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url))
const CHANNEL = { id: 'c1', name: 'payments', members: [] }
const SHOW = '{ vpcChannel(instanceId: "i1", id: "c1") { name } }'
const CREATE = `mutation {
  createVpcChannel(input: { instanceId: "i1", name: "payments", port: 22, memberType: IP }) { vpcChannel { id } }
}`
const SANDBOX_CREATE = CREATE.replace('i1', 'eddc4d25480b4cd6b512f270a1b8b341').replace('payments', 'proxied')
const PATH = '/v2/5fd5d4b1c2a64b7a9d3a3d2f0c9b8e71/apigw/instances/i1/vpc-channels'
const PASSWORD = 'p@ss:word-of-the-proxy'
const BASIC = `Basic ${Buffer.from(`gateway:${PASSWORD}`).toString('base64')}`

async function startTlsUpstream() {
  const received: unknown[] = []
  const tls = { cert: readFileSync(fixture('localhost.pem')), key: readFileSync(fixture('key.pem')) }
  const server = createServer(tls, (request, response) => {
    received.push([request.method, request.headers['proxy-authorization']])
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(CHANNEL))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function post(url: string, query: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  return response.json()
}

describe('a proxy of http', () => {
  test('gets whole URLs and the credentials, which the cloud does not get', async () => {
    await using upstream = await startUpstream({ status: 201, body: CHANNEL })
    await using proxy = await startProxy()
    const http = withCredentials(proxy.url, 'gateway', PASSWORD)
    await using gateway = await startGateway({
      upstream: upstream.url,
      proxies: { http, https: '', none: '' },
    })
    for (const query of [CREATE, SHOW, SHOW]) expect((await gateway.send(query)).errors).toBeUndefined()
    expect(proxy.asked).toEqual([
      `POST ${upstream.url}${PATH}`,
      `GET ${upstream.url}${PATH}/c1`,
      `GET ${upstream.url}${PATH}/c1`,
    ])
    expect(proxy.credentials).toEqual([BASIC, BASIC, BASIC])
    expect(
      upstream.calls.map(({ path, headers }) => [path, headers.host, headers['proxy-authorization']]),
    ).toEqual([PATH, `${PATH}/c1`, `${PATH}/c1`].map((path) => [path, new URL(upstream.url).host, undefined]))
  })

  test('is not asked for a host of NO_PROXY', async () => {
    await using upstream = await startUpstream({ body: CHANNEL })
    await using proxy = await startProxy()
    await using gateway = await startGateway({
      upstream: upstream.url,
      proxies: { http: proxy.url, https: '', none: `other.example,127.0.0.1:${new URL(upstream.url).port}` },
    })
    expect((await gateway.send(SHOW)).errors).toBeUndefined()
    expect(proxy.asked).toEqual([])
    expect(upstream.calls).toHaveLength(1)
  })

  test('that refuses a tunnel fails a write as not applied', async () => {
    await using upstream = await startUpstream({ body: CHANNEL })
    await using proxy = await startProxy({ refusal: 407 })
    await using gateway = await startGateway({
      upstream: upstream.url.replace('http:', 'https:'),
      proxies: { http: '', https: proxy.url, none: '' },
    })
    const { errors } = await gateway.send(CREATE)
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE', effect: 'NOT_APPLIED' })
    expect(upstream.calls).toEqual([])
  })
})

test('a process calls cloud, issuer and collector through the proxies of its environment, and logs no password', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256')
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] }
  await using cloud = await startTlsUpstream()
  await using issuer = await startUpstream({ body: keys })
  await using collector = await startCollector()
  await using proxy = await startProxy()
  const url = withCredentials(proxy.url, 'gateway', PASSWORD)
  await using gateway = startProcess({
    https_proxy: url,
    HTTP_PROXY: url,
    NODE_EXTRA_CA_CERTS: fixture('ca.pem'),
    APIG_ENDPOINT: `https://localhost:${cloud.port}`,
    HW_PROJECT_ID: 'p1',
    HW_ACCESS_KEY: 'AK',
    HW_SECRET_KEY: 'SK',
    CALLER_JWKS_URL: `${issuer.url}/keys`,
    CALLER_JWT_ISSUER: 'issuer',
    CALLER_JWT_AUDIENCE: 'gateway',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  })
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: 'one' })
    .setSubject('console')
    .setIssuer('issuer')
    .setAudience('gateway')
    .setExpirationTime('1d')
    .sign(privateKey)
  const headers = { authorization: `Bearer ${token}` }
  const graphql = await gateway.url()
  for (let count = 0; count < 2; count += 1) {
    expect(await post(graphql, SHOW, headers)).toEqual({ data: { vpcChannel: { name: 'payments' } } })
  }
  expect(cloud.received).toEqual([
    ['GET', undefined],
    ['GET', undefined],
  ])
  gateway.stop('SIGTERM')
  await gateway.exited
  // The tunnel carries both calls.
  expect(new Set(proxy.asked)).toEqual(
    new Set([`GET ${issuer.url}/keys`, `CONNECT localhost:${cloud.port}`, `POST ${collector.url}/v1/traces`]),
  )
  expect(proxy.asked.filter((one) => one.startsWith('CONNECT'))).toHaveLength(1)
  expect(new Set(proxy.credentials)).toEqual(new Set([BASIC]))
  expect(collector.spans.length).toBeGreaterThan(0)
  const { host } = new URL(proxy.url)
  const lines = gateway.lines.join('\n')
  expect(lines).toContain(`Proxy of https: ${host}; of http: ${host}; none for: no host`)
  expect(lines).not.toMatch(/p@ss|p%40ss|word-of-the-proxy/)
})

test('the sandbox’s simulator is called without a proxy', async () => {
  await using proxy = await startProxy()
  await using gateway = startProcess({ HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url })
  expect(await post(await gateway.url(), SANDBOX_CREATE, {})).toMatchObject({
    data: { createVpcChannel: { vpcChannel: { id: expect.any(String) } } },
  })
  expect(proxy.asked).toEqual([])
})
