import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { startGateway, TOKEN } from '../../support/start-gateway.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { bodyOf, head, JSON_TYPE, openSocket, WRITE } from './requests.ts'

const HEADERS = { 'content-type': JSON_TYPE, 'x-auth-token': TOKEN }

const requestOf = (body: string): string =>
  head({ ...HEADERS, 'content-length': String(Buffer.byteLength(body)) }) + body

const READ = bodyOf('{ vpcChannel(product: APIG, instanceId: "i", id: "c1") { name } }')

const answersIn = (received: string): number => received.match(/HTTP\/1\.1 200 /g)?.length ?? 0

/** An upstream that answers when the test says so. */
async function startHeld() {
  const held: (() => void)[] = []
  const upstream = await startUpstream((_call, { response }) => {
    held.push(() => {
      if (!response.headersSent) response.writeHead(200).end('{"id":"c1","name":"orders"}')
    })
    return undefined
  })
  const gateway = await startGateway({ upstream: upstream.url, production: true })
  return {
    upstream,
    gateway,
    held,
    async [Symbol.asyncDispose]() {
      for (const answer of held) answer()
      await gateway[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

describe('requests that a client sends before it has the last answer', () => {
  test('a second one is served when the first answer has left, and not before', async () => {
    await using pair = await startHeld()
    using socket = openSocket(pair.gateway.url)
    await socket.write(requestOf(READ) + requestOf(READ))
    await expect.poll(() => pair.held.length).toBe(1)
    // Whatever else was read with the first request has been seen by now.
    await pair.gateway.send('{ __typename }')
    expect(pair.upstream.calls).toHaveLength(1)
    pair.held[0]!()
    await expect.poll(() => pair.held.length).toBe(2)
    expect(answersIn(socket.received)).toBe(1)
    pair.held[1]!()
    await expect.poll(() => answersIn(socket.received)).toBe(2)
  })

  test('a third one ends the connection, and only the first was ever begun', async () => {
    await using pair = await startHeld()
    using socket = openSocket(pair.gateway.url)
    await socket.write(requestOf(READ).repeat(3))
    expect(await socket.closed).toBe('')
    await pair.gateway.send('{ __typename }')
    expect(pair.upstream.calls.length).toBeLessThanOrEqual(1)
  })

  test('a write under way is awaited, and audited, where what comes after it ends the connection', async () => {
    await using pair = await startHeld()
    using socket = openSocket(pair.gateway.url)
    await socket.write(requestOf(WRITE))
    await expect.poll(() => pair.held.length).toBe(1)
    await socket.write(requestOf(WRITE).repeat(2))
    expect(await socket.closed).toBe('')
    pair.held[0]!()
    await expect.poll(() => pair.gateway.audited.map(({ effect }) => effect)).toEqual(['APPLIED'])
    expect(pair.upstream.calls).toHaveLength(1)
  })

  test('requests that come one after the other are all served on their connection', async () => {
    await using gateway = await startGateway({ production: true })
    using socket = openSocket(gateway.url)
    for (let count = 1; count <= 50; count += 1) {
      await socket.write(requestOf(bodyOf('{ __typename }')))
      await expect.poll(() => answersIn(socket.received), { interval: 1 }).toBe(count)
    }
  })
})

/** Asks for a page of 9 MB, far more than the buffers of a connection hold, and does not read it until it is told to. */
function askForPage(url: string) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  let bytes = 0
  let betweenMs: number | undefined
  socket.on('error', () => {})
  socket.on('data', (chunk) => {
    bytes += chunk.length
    if (betweenMs === undefined) return
    socket.pause()
    setTimeout(() => socket.resume(), betweenMs)
  })
  socket.pause()
  socket.write(head({ accept: 'text/html', connection: 'close' }, 'GET /graphql HTTP/1.1'))
  const closed = new Promise<number>((resolve) => socket.once('close', () => resolve(bytes)))
  return {
    closed,
    readAll: () => socket.resume(),
    /** Reads a little, again and again. */
    drip: (ms: number) => {
      betweenMs = ms
      socket.resume()
    },
    [Symbol.dispose]: () => void socket.destroy(),
  }
}

const PAGE_BYTES = 8_500_000

describe('an answer that its client does not read', () => {
  test('ends the connection after its time, however often a little of it is read', async () => {
    await using gateway = await startGateway({ graphiql: true, http: { responseMs: 200 } })
    using client = askForPage(gateway.url)
    client.drip(20)
    expect(await client.closed).toBeLessThan(PAGE_BYTES)
  })

  test('comes whole where the client reads it in time', async () => {
    await using gateway = await startGateway({ graphiql: true, http: { responseMs: 60_000 } })
    using client = askForPage(gateway.url)
    await gateway.send('{ __typename }')
    client.readAll()
    expect(await client.closed).toBeGreaterThan(PAGE_BYTES)
  })
})
