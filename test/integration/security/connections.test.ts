import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { startWillingUpstream } from '../../fixtures/ask.ts'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { ask, head, JSON_TYPE, openSocket, WRITE } from './requests.ts'

const SHORT = { headersMs: 100, requestMs: 200 }
const WRITING = { 'content-type': JSON_TYPE, 'x-auth-token': TOKEN }

async function startShort(http: object = SHORT) {
  const upstream = await startWillingUpstream()
  const gateway = await startGateway({ upstream: upstream.url, production: true, http })
  return {
    url: gateway.url,
    upstream,
    gateway,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

/** Writes a text letter by letter, for as long as the other side listens. */
async function drip(socket: ReturnType<typeof openSocket>, text: string): Promise<void> {
  let open = true
  void socket.closed.then(() => {
    open = false
  })
  for (let at = 0; open; at++) {
    await Promise.race([socket.write(text[at % text.length] ?? ''), socket.closed])
    await wait(5)
  }
}

describe('a request that is slow to come is cut off', () => {
  test('headers that drip: 408, closed, nothing sent to the cloud', async () => {
    await using pair = await startShort({ headersMs: 100, requestMs: 60_000 })
    using socket = openSocket(pair.url)
    await socket.write('POST /graphql HTTP/1.1\r\nHost: localhost\r\n')
    await drip(socket, 'X-Slow: loris\r\n')
    expect(await socket.closed).toMatch(/^HTTP\/1\.1 408 /)
    expect(pair.upstream.calls).toEqual([])
  })

  test('headers that never come: closed', async () => {
    await using pair = await startShort({ headersMs: 100, requestMs: 60_000 })
    using socket = openSocket(pair.url)
    await socket.closed
    expect(pair.gateway.logged).toEqual([])
  })

  test('a body that drips: 408, closed, nothing sent to the cloud', async () => {
    await using pair = await startShort()
    using socket = openSocket(pair.url)
    await socket.write(head({ ...WRITING, 'content-length': String(WRITE.length + 100_000) }) + WRITE)
    await drip(socket, ' ')
    expect(await socket.closed).toMatch(/^HTTP\/1\.1 408 /)
    expect(pair.upstream.calls).toEqual([])
  })

  test('a body that is all there but for its end: 408, closed, nothing sent to the cloud', async () => {
    await using pair = await startShort()
    using socket = openSocket(pair.url)
    await socket.write(head({ ...WRITING, 'content-length': String(WRITE.length + 1) }) + WRITE)
    expect(await socket.closed).toMatch(/^HTTP\/1\.1 408 /)
    expect(pair.upstream.calls).toEqual([])
  })

  test('a body in chunks that drip: 408, closed, nothing sent to the cloud', async () => {
    await using pair = await startShort()
    using socket = openSocket(pair.url)
    await socket.write(head({ ...WRITING, 'transfer-encoding': 'chunked' }))
    await socket.write(`${WRITE.length.toString(16)}\r\n${WRITE}\r\n`)
    await drip(socket, '1\r\n \r\n')
    expect(await socket.closed).toMatch(/^HTTP\/1\.1 408 /)
    expect(pair.upstream.calls).toEqual([])
  })

  test('others are served meanwhile', async () => {
    await using pair = await startShort({ headersMs: 60_000, requestMs: 60_000 })
    const sockets = Array.from({ length: 200 }, () => openSocket(pair.url))
    await Promise.all(sockets.map((socket) => socket.write(head({ ...WRITING, 'content-length': '100' }))))
    const { data } = await pair.gateway.send<{ __typename: string }, unknown>('{ __typename }')
    expect(data).toEqual({ __typename: 'Query' })
    for (const socket of sockets) socket[Symbol.dispose]()
  })

  test('an operation that takes longer than a request may is no slow request', async () => {
    await using upstream = await startUpstream((_call, { response }) => {
      setTimeout(() => response.writeHead(201).end('{"id":"c1","name":"slow"}'), 500)
      return undefined
    })
    await using gateway = await startGateway({ upstream: upstream.url, http: SHORT })
    const { status, json } = await ask(gateway.url, { body: WRITE })
    expect([status, json]).toEqual([200, { data: { createVpcChannel: { vpcChannel: { name: 'slow' } } } }])
  })
})

describe('what is too large for a connection', () => {
  test('headers of more than 48 KB: 431 in the shape of all errors, closed, logged', async () => {
    await using pair = await startShort({})
    using socket = openSocket(pair.url)
    await socket.write(head({ ...WRITING, 'x-filler': 'a'.repeat(50_000), 'content-length': '2' }))
    const [answered = '', body = ''] = (await socket.closed).split('\r\n\r\n')
    expect(answered).toMatch(
      /^HTTP\/1\.1 431 Request Header Fields Too Large\r\ncontent-type: application\/json; charset=utf-8\r\n/,
    )
    const requestId = /\r\nx-request-id: (\S+)/.exec(answered)?.[1]
    expect(JSON.parse(body)).toEqual({
      errors: [
        {
          message: 'The headers have more than 49152 bytes.',
          extensions: { code: 'BAD_REQUEST', requestId },
        },
      ],
    })
    expect(pair.gateway.logged).toContainEqual(
      expect.objectContaining({ level: 40, requestId, status: 431, cause: 'HPE_HEADER_OVERFLOW' }),
    )
    expect(pair.upstream.calls).toEqual([])
  })

  test('headers just below that are taken', async () => {
    await using pair = await startShort({})
    using socket = openSocket(pair.url)
    const headers = { ...WRITING, 'x-filler': 'a'.repeat(48_000), connection: 'close' }
    await socket.write(head({ ...headers, 'content-length': String(WRITE.length) }) + WRITE)
    expect(await socket.closed).toMatch(/^HTTP\/1\.1 200 /)
  })

  test('more connections than there may be are closed, and room is made again', async () => {
    await using pair = await startShort({ connections: 2 })
    const held = [openSocket(pair.url), openSocket(pair.url)]
    const opened = head({ ...WRITING, 'content-length': '100' })
    await Promise.all(held.map((socket) => socket.write(opened)))
    await expect.poll(async () => (await closedAtOnce(pair.url)) === '').toBe(true)
    for (const socket of held) socket[Symbol.dispose]()
    await expect
      .poll(() =>
        pair.gateway.send('{ __typename }').then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200)
  })
})

/** What comes on a connection that is closed before it says anything; `undefined` if it stays open. */
const closedAtOnce = async (url: string): Promise<string | undefined> => {
  using socket = openSocket(url)
  return await Promise.race([socket.closed, wait(100).then(() => undefined)])
}

test('a connection that asks nothing more is closed after its time, and not before', async () => {
  await using pair = await startShort({ keepAliveMs: 150 })
  using socket = openSocket(pair.url)
  const asked = head({ ...WRITING, 'content-length': String(WRITE.length) }) + WRITE
  await socket.write(asked)
  await expect.poll(() => socket.received.match(/HTTP\/1\.1 200/g)?.length).toBe(1)
  await socket.write(asked)
  await expect.poll(() => socket.received.match(/HTTP\/1\.1 200/g)?.length).toBe(2)
  expect(await socket.closed).toContain('keep-alive')
})

test('a refusal does not cost the connection', async () => {
  await using pair = await startShort({})
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ports = new Set<number | undefined>()
  for (const [type, expected] of [
    ['text/plain', 415],
    [JSON_TYPE, 200],
    ['application/graphql', 415],
    [JSON_TYPE, 200],
  ] as const) {
    const status = await new Promise((resolve, reject) => {
      const sent = request(pair.url, { agent, method: 'POST', headers: { ...WRITING, 'content-type': type } })
      sent.once('error', reject)
      sent.once('response', (response) => {
        ports.add(response.socket.localPort)
        response.resume().once('end', () => resolve(response.statusCode))
      })
      sent.end(WRITE)
    })
    expect(status).toBe(expected)
  }
  expect(ports.size).toBe(1)
  agent.destroy()
})
