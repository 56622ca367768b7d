import { describe, expect, test } from 'vitest'
import { clientOf, ok, type RawConnection, startRawServer } from './raw-server.ts'

/** The address of a port that was open once and is closed now. */
async function closedPort(): Promise<string> {
  const server = await startRawServer(() => undefined)
  await server[Symbol.asyncDispose]()
  return server.url
}

test('a connection that is refused: nothing was sent', async () => {
  await using client = clientOf(await closedPort())
  for (const path of ['/first', '/second']) {
    await expect(client.get(path)).rejects.toMatchObject({
      name: 'ExchangeError',
      reason: 'CONNECTION',
      sent: false,
      cause: { code: 'ECONNREFUSED' },
    })
  }
})

test('a connection that takes too long to open: nothing was sent', async () => {
  await using server = await startRawServer(() => undefined)
  // It accepts, but never agrees on TLS.
  await using client = clientOf(server.url.replace('http:', 'https:'), 100)
  await expect(client.get('/')).rejects.toMatchObject({
    reason: 'CONNECTION',
    sent: false,
    cause: { code: 'UND_ERR_CONNECT_TIMEOUT' },
  })
  expect(server.requests).toEqual([])
  await server.connections[0]!.closed
})

describe('what is no answer: the request was sent', () => {
  const end =
    (text: string) =>
    ({ socket }: RawConnection) =>
      void socket.end(text)
  const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n'

  test.each<readonly [what: string, act: (connection: RawConnection) => void]>([
    ['a connection that is reset', ({ socket }) => void socket.resetAndDestroy()],
    ['a connection that is closed', end('')],
    ['a head that is cut short', end('HTTP/1.1 200 OK\r\ncontent-le')],
    ['a head without its last line', end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n')],
    ['an interim response alone', end('HTTP/1.1 100 Continue\r\n\r\n')],
    ['a body that is cut short', end(ok('abc').slice(0, -1))],
    ['a chunk that is cut short', end(`${CHUNKED}3\r\nab`)],
    ['chunks without the last one', end(`${CHUNKED}3\r\nabc\r\n`)],
    ['the last chunk without its end', end(`${CHUNKED}3\r\nabc\r\n0\r\n`)],
    [
      'a body until the close that is reset instead',
      ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\n\r\nabc')
        setImmediate(() => socket.resetAndDestroy())
      },
    ],
    ['another protocol', end('SSH-2.0-OpenSSH_9.6\r\n')],
    ['another protocol to go on with', end('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\n\r\n')],
    ['two lengths', end('HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab')],
    ['a chunk without a size', end(`${CHUNKED}x\r\nabc\r\n`)],
  ])('%s', async (_what, act) => {
    await using server = await startRawServer(({ connection, path }) => {
      if (path === '/good') return ok('good')
      act(connection)
      return undefined
    })
    await using client = clientOf(server.url)
    // On a connection that has served before, and on a new one.
    await client.get('/good')
    for (const path of ['/first', '/second']) {
      await expect(client.get(path)).rejects.toMatchObject({
        name: 'ExchangeError',
        reason: 'CONNECTION',
        sent: true,
      })
    }
    expect(server.requests.map(({ connection }) => connection.number)).toEqual([1, 1, 2])
    expect((await client.get('/good')).body).toBe('good')
    await Promise.all(server.connections.slice(0, 2).map(({ closed }) => closed))
  })

  test.each([
    ['that is announced', ok('x'.repeat(101))],
    ['in chunks', `${CHUNKED}64\r\n${'x'.repeat(100)}\r\n1\r\nx`],
    ['until the connection closes', `HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(101)}`],
  ])('a body of more than it may have, %s', async (_how, answer) => {
    await using server = await startRawServer(() => answer)
    await using client = clientOf(server.url)
    const call = client.get('/', { bodyBytes: 100 })
    await expect(call).rejects.toMatchObject({ name: 'ExchangeError', reason: 'SIZE', sent: true })
    await server.connections[0]!.closed
  })

  test('a body of just what it may have is read, by bytes', async () => {
    await using server = await startRawServer(() => ok('é'.repeat(50)))
    await using client = clientOf(server.url)
    expect((await client.get('/', { bodyBytes: 100 })).body).toHaveLength(50)
    await expect(client.get('/', { bodyBytes: 99 })).rejects.toMatchObject({ reason: 'SIZE', sent: true })
  })
})

describe('what comes too late: the request was sent', () => {
  test.each([
    ['the head', '', { headersMs: 50 }],
    [
      'the head, for interim responses',
      'HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n',
      { headersMs: 50 },
    ],
    ['the end of the head', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n', { headersMs: 50 }],
    ['the body', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab', { bodyMs: 50 }],
    ['the last chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', { bodyMs: 50 }],
    ['the close', 'HTTP/1.1 200 OK\r\n\r\nabc', { bodyMs: 50 }],
    ['all of it, the head missing', '', { totalMs: 1_000 }],
    ['all of it, the body missing', 'HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nab', { totalMs: 1_000 }],
  ])('%s', async (_what, text, limits) => {
    await using server = await startRawServer(() => text)
    await using client = clientOf(server.url)
    await expect(client.get('/', limits)).rejects.toMatchObject({ reason: 'TIME', sent: true })
    await server.connections[0]!.closed
  })
})

test.each([
  ['a head', 'HTTP/1.1 200 OK\r\nx-slow: ', { headersMs: 100 }],
  ['a body', 'HTTP/1.1 200 OK\r\ncontent-length: 90000\r\n\r\n', { bodyMs: 100 }],
])('%s that comes byte by byte has no more time than others', async (_what, start, limits) => {
  await using server = await startRawServer(({ connection: { socket } }) => {
    const bytes = setInterval(() => socket.write('x'), 5)
    socket.on('close', () => clearInterval(bytes))
    return start
  })
  await using client = clientOf(server.url)
  await expect(client.get('/', limits)).rejects.toMatchObject({ reason: 'TIME', sent: true })
  await server.connections[0]!.closed
})

describe('where its time is up before there is a connection, nothing is sent', () => {
  test('then nor later', async () => {
    await using server = await startRawServer(({ path }) => ok(path))
    await using client = clientOf(server.url)
    // The connection opens while nobody looks, and then it is too late: from here on timers come before sockets.
    await new Promise((resolve) => setImmediate(resolve))
    const late = client.get('/late', { totalMs: 5 })
    await new Promise((resolve) => process.nextTick(resolve))
    for (const until = performance.now() + 20; performance.now() < until; );
    await expect(late).rejects.toMatchObject({ reason: 'TIME', sent: false })
    await expect.poll(() => server.connections).toHaveLength(1)
    expect((await client.get('/next')).body).toBe('/next')
    expect(server.requests.map(({ path }) => path)).toEqual(['/next'])
  })

  test('where TLS is never agreed on', async () => {
    await using server = await startRawServer(() => undefined)
    await using client = clientOf(server.url.replace('http:', 'https:'))
    await expect(client.get('/', { totalMs: 50 })).rejects.toMatchObject({ reason: 'TIME', sent: false })
    expect(server.requests).toEqual([])
    for (const { socket } of server.connections) socket.destroy()
  })

  test('where it is up already', async () => {
    await using server = await startRawServer(() => ok('a'))
    await using client = clientOf(server.url)
    for (const totalMs of [0.9, 0, -1]) {
      await expect(client.get('/', { totalMs })).rejects.toMatchObject({ reason: 'TIME', sent: false })
    }
    expect(server.connections).toEqual([])
  })
})

describe('what would not be one request is never sent', () => {
  test.each([
    ['a header', { path: '/', headers: { 'x-auth-token': 'a\r\nx-injected: b' } }],
    [
      'a header in characters that latin1 makes line breaks of',
      { path: '/', headers: { a: '\u010d\u010ab: c' } },
    ],
    ['a path', { path: '/ HTTP/1.1\r\nx-injected: b', headers: {} }],
    ['a path that is a URL', { path: 'http://elsewhere.example/', headers: {} }],
  ])('%s', async (_where, request) => {
    await using server = await startRawServer(() => ok('a'))
    await using client = clientOf(server.url)
    const call = client.send({ method: 'GET', ...request })
    await expect(call).rejects.toMatchObject({ name: 'ExchangeError', reason: 'CONNECTION', sent: false })
    expect((await client.get('/good')).body).toBe('a')
    expect(server.requests.map(({ path }) => path)).toEqual(['/good'])
    expect(server.connections[0]!.received).not.toContain('x-injected')
  })
})
