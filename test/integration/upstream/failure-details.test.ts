import { readFileSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { startCollector } from '../../support/start-collector.ts'
import { type GatewayOptions, startGateway, TOKEN } from '../../support/start-gateway.ts'
import { type Answering, type PlannedAnswer, startUpstream } from '../../support/start-upstream.ts'

const fixture = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url)))
const QUERY = '{ vpcChannel(instanceId: "i1", id: "c1") { name } }'

interface LoggedCall {
  readonly status: number | null
  readonly detail?: string
}

/** What the log line and the span of a read say of its last call; the answer must not say it. */
async function detailOf(upstream: string, options: GatewayOptions = {}) {
  await using collector = await startCollector()
  const line = await (async () => {
    const tracing = {
      sampler: 'always_on',
      ratio: 1,
      timeoutMs: 1_000,
      url: `${collector.url}/v1/traces`,
    } as const
    await using gateway = await startGateway({ upstream, tracing, ...options })
    const { text, errors } = await gateway.send(QUERY)
    expect(errors).toHaveLength(1)
    const logged = gateway.logged.find((one) => Array.isArray(one['upstream']))
    const calls = logged?.['upstream'] as readonly LoggedCall[]
    const call = calls.at(-1)
    expect(call?.detail).toEqual(expect.any(String))
    expect(logged?.['msg']).toContain(`(${call?.detail})`)
    expect(text).not.toContain(call?.detail)
    return call
  })()
  const spans = collector.spans.filter(({ kind }) => kind === 3)
  expect(spans.at(-1)?.status).toBe(2)
  expect(JSON.stringify(collector.received)).toContain(JSON.stringify(line?.detail))
  return line
}

async function detailOfAnswer(answering: Answering | PlannedAnswer, options?: GatewayOptions) {
  await using upstream = await startUpstream(answering)
  return await detailOf(upstream.url, options)
}

describe('a call without an answer', () => {
  test('a name that does not resolve', async () => {
    const call = await detailOf('http://apig.invalid')
    expect(call).toMatchObject({
      status: null,
      detail: expect.stringMatching(/E(NOTFOUND|AI_AGAIN).* apig\.invalid/),
    })
  })

  test('a certificate of another host', async () => {
    const tls = { cert: fixture('elsewhere.example.pem'), key: fixture('key.pem') }
    const server = createTlsServer(tls).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const call = await detailOf(`https://127.0.0.1:${port}`)
    server.close()
    // This process does not trust the fixture's authority.
    expect(call?.detail).toMatch(/^(UNABLE_TO_VERIFY_LEAF_SIGNATURE|ERR_TLS_CERT_ALTNAME_INVALID): /)
  })

  test('a server that speaks HTTP/2 only', async () => {
    const server = createSecureServer({ cert: fixture('localhost.pem'), key: fixture('key.pem') })
    server.listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as AddressInfo
    const call = await detailOf(`https://127.0.0.1:${port}`)
    server.close()
    expect(call?.detail).toBe(
      'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: the server speaks no HTTP/1.1, perhaps HTTP/2 only',
    )
  })

  test('headers that are too long', async () => {
    const call = await detailOfAnswer({ headers: { 'x-long': 'a'.repeat(50_000) }, body: {} })
    expect(call?.detail).toBe(
      'UND_ERR_HEADERS_OVERFLOW: the headers of the response are longer than MAX_UPSTREAM_HEADER_BYTES',
    )
  })

  test('headers that do not come, and a body that does not end', async () => {
    const limits = { headersMs: 50, bodyMs: 50 }
    expect(await detailOfAnswer(() => undefined, { limits })).toMatchObject({ detail: 'no headers in time' })
    const call = await detailOfAnswer(
      (_call, { response }) => {
        response.writeHead(200, { 'content-length': 10 }).write('{"id"')
        return undefined
      },
      { limits },
    )
    expect(call?.detail).toBe('no end of the body in time, after 5 bytes')
  })
})

describe('an answer that cannot be read', () => {
  test.each([
    ['{"id":"c1","name":é}', 200, 'no JSON at byte 18 of 21'],
    ['{"id":"c1","na', 200, 'the body ends after 14 bytes, amid its JSON'],
    ['', 200, 'the body is empty'],
    ['<html>', 502, 'no JSON at byte 0 of 6'],
  ])('%s', async (body, status, detail) => {
    expect(await detailOfAnswer({ status, body })).toMatchObject({ status, detail })
  })
})

describe('a 401', () => {
  const body = {
    error_code: 'APIG.0301',
    error_msg: 'Incorrect IAM authentication information: verify aksk signature fail',
  }
  const refused = (date: Date, message = body.error_msg): PlannedAnswer => ({
    status: 401,
    headers: { date: date.toUTCString() },
    body: { ...body, error_msg: message },
  })

  test('has the vendor’s text and the difference of the clocks', async () => {
    const call = await detailOfAnswer(refused(new Date(Date.now() - 600_000)))
    expect(call?.detail).toMatch(
      /^Incorrect IAM authentication information: verify aksk signature fail; its clock is (599|60[0-2]) s behind ours$/,
    )
  })

  test('has nothing of the text but words', async () => {
    const call = await detailOfAnswer(refused(new Date(), `token ${TOKEN} expired`))
    expect(call?.detail).toBe('token … expired')
  })
})

test('a login’s token of 32 KB is used; one longer than headers may be is no broken connection', async () => {
  const token = 'Aa0+/=_-'.repeat(4 * 1024)
  const expires_at = new Date(Date.now() + 86_400_000).toISOString()
  await using cloud = await startUpstream(({ path }) =>
    path.startsWith('/v3')
      ? { status: 201, headers: { 'x-subject-token': token }, body: { token: { expires_at } } }
      : { body: { id: 'c1', name: 'payments', members: [] } },
  )
  const options: GatewayOptions = {
    upstream: cloud.url,
    anyCaller: true,
    gatewayCredentials: {
      kind: 'USER',
      user: { name: 'user', password: 'password-of-the-user', domainName: 'domain' },
      endpoint: new URL(cloud.url),
    },
  }
  {
    await using gateway = await startGateway(options)
    expect((await gateway.send(QUERY, {}, { 'x-auth-token': null })).errors).toBeUndefined()
    expect(cloud.calls.at(-1)?.headers['x-auth-token']).toBe(token)
  }
  await using gateway = await startGateway({ ...options, limits: { maxHeaderBytes: 16_384 } })
  const { errors } = await gateway.send(QUERY, {}, { 'x-auth-token': null })
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_BAD_RESPONSE', reason: 'ANSWER_TOO_LONG' })
  expect(JSON.stringify(gateway.logged)).toContain('longer than MAX_UPSTREAM_HEADER_BYTES')
})
