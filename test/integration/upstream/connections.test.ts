import { networkInterfaces } from 'node:os'
import { describe, expect, test } from 'vitest'
import { clientOf, ok, type RawServer, startRawServer } from './raw-server.ts'

/** The numbers of the connections on which the requests came. */
const waysOf = ({ requests }: RawServer) => requests.map(({ connection }) => connection.number)

test('a request arrives as it was made, and a second one goes over the same connection', async () => {
  await using server = await startRawServer(({ path }) => ok(`answer to ${path} é`, 'x-request-id: abc'))
  await using client = clientOf(server.url)
  const first = await client.get('/a?b=c')
  expect([first.status, first.body, first.headers.get('x-request-id')]).toEqual([
    200,
    'answer to /a?b=c é',
    'abc',
  ])
  const headers = { 'content-type': 'application/json' }
  const second = await client.send({ method: 'POST', path: '/d', headers, body: '{"name":"é"}' })
  expect(second.body).toBe('answer to /d é')
  const host = server.url.slice('http://'.length)
  expect(server.connections.map(({ received }) => received)).toEqual([
    `GET /a?b=c HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\n\r\n` +
      `POST /d HTTP/1.1\r\nhost: ${host}\r\nconnection: keep-alive\r\ncontent-type: application/json\r\n` +
      'content-length: 13\r\n\r\n{"name":"\xc3\xa9"}',
  ])
})

test('many requests, one after the other, go over the same connection, however their answers are framed', async () => {
  const answers = [
    ok('a'),
    'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n',
    'HTTP/1.1 204 No Content\r\n\r\n',
    'HTTP/1.1 304 Not Modified\r\n\r\n',
    `HTTP/1.1 103 Early Hints\r\n\r\n${ok('b')}`,
    ok('', 'connection: keep-alive', 'keep-alive: timeout=60'),
    'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 1\r\n\r\nc',
  ]
  await using server = await startRawServer(({ path }) => answers[Number(path.slice(1))])
  await using client = clientOf(server.url)
  const bodies: string[] = []
  for (const index of [...answers.keys(), ...answers.keys()]) {
    bodies.push((await client.get(`/${index}`)).body)
  }
  expect(bodies).toEqual(['a', 'a', '', '', 'b', '', 'c', 'a', 'a', '', '', 'b', '', 'c'])
  expect(new Set(waysOf(server))).toEqual(new Set([1]))
})

test.each([301, 302, 303, 307, 308])('a redirect is an answer like others: %i', async (status) => {
  await using server = await startRawServer(
    () => `HTTP/1.1 ${status} Elsewhere\r\nlocation: /stolen\r\ncontent-length: 0\r\n\r\n`,
  )
  await using client = clientOf(server.url)
  const answer = await client.get('/a')
  expect([answer.status, answer.headers.get('location'), answer.body]).toEqual([status, '/stolen', ''])
  expect(server.requests.map(({ path }) => path)).toEqual(['/a'])
})

const hasIpv6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
)

test.runIf(hasIpv6)('an address of IPv6 is reached', async () => {
  await using server = await startRawServer(() => ok('a'), { host: '::1' })
  await using client = clientOf(server.url)
  expect((await client.get('/')).body).toBe('a')
  expect(server.requests[0]!.text).toContain(`\r\nhost: ${server.url.slice('http://'.length)}\r\n`)
})

describe('a connection is not used again', () => {
  test.each([
    ['that the server says it closes', ok('a', 'connection: close')],
    ['that the server says it closes, in any case', ok('a', 'Connection: Keep-Alive, CLOSE')],
    ['of HTTP/1.0', ok('a').replace('1.1', '1.0')],
    ['on which bytes came after the response', `${ok('a')}x`],
    ['on which another response came after the response', ok('a') + ok('stolen')],
    [
      'on which bytes came after the chunks',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n0',
    ],
    ['that the server keeps for a second', ok('a', 'keep-alive: timeout=1')],
  ])('%s', async (_which, answer) => {
    await using server = await startRawServer(({ path }) => (path === '/first' ? answer : ok('b')))
    await using client = clientOf(server.url)
    expect((await client.get('/first')).body).toBe('a')
    expect((await client.get('/second')).body).toBe('b')
    expect(waysOf(server)).toEqual([1, 2])
    await server.connections[0]!.closed
  })

  test('whose end was that of the body', async () => {
    await using server = await startRawServer(({ path, connection }) => {
      if (path === '/second') return ok('b')
      connection.socket.end('HTTP/1.1 200 OK\r\n\r\nall of it')
      return undefined
    })
    await using client = clientOf(server.url)
    expect((await client.get('/first')).body).toBe('all of it')
    expect((await client.get('/second')).body).toBe('b')
    expect(waysOf(server)).toEqual([1, 2])
  })

  test.each([
    ['an answer', ok('stolen')],
    ['bytes', 'x'],
  ])('on which %s came that nobody had asked for', async (_what, unasked) => {
    await using server = await startRawServer(({ path }) => ok(`answer to ${path}`, 'keep-alive: timeout=60'))
    await using client = clientOf(server.url)
    await client.get('/first')
    const [connection] = server.connections
    connection!.socket.write(unasked)
    await connection!.closed
    expect((await client.get('/second')).body).toBe('answer to /second')
    expect(waysOf(server)).toEqual([1, 2])
  })

  test('that the server has closed since', async () => {
    await using server = await startRawServer(({ path }) => ok(`answer to ${path}`))
    await using client = clientOf(server.url)
    await client.get('/first')
    const [connection] = server.connections
    connection!.socket.end()
    await connection!.closed
    expect((await client.get('/second')).body).toBe('answer to /second')
    expect(waysOf(server)).toEqual([1, 2])
  })

  // One turn after the answer the close is not known yet.
  test('that the server closes with its answer, without a word', async () => {
    await using server = await startRawServer(({ path, connection }) => {
      connection.socket.end(ok(path))
      return undefined
    })
    await using client = clientOf(server.url)
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`)
    for (const path of paths) expect((await client.getAtOnce(path)).body).toBe(path)
    expect(waysOf(server)).toEqual(paths.map((_, index) => index + 1))
  })

  test('on which the answer came before all of the request had gone', async () => {
    await using server = await startRawServer(({ path }) => ok(`answer to ${path}`))
    await using client = clientOf(server.url)
    await client.get('/first')
    const { socket, closed } = server.connections[0]!
    // Of what the server does not read, the rest stays with the client.
    socket.once('data', () => socket.pause().write(ok('too early')))
    const body = 'x'.repeat(16 * 1024 * 1024)
    const answer = client.send({ method: 'PUT', path: '/long', headers: {}, body })
    expect((await answer).body).toBe('too early')
    expect((await client.get('/second')).body).toBe('answer to /second')
    expect(waysOf(server)).toEqual([1, 2])
    socket.resume()
    await closed
    expect(server.connections[0]!.received.length).toBeLessThan(body.length)
  })
})

describe('where a connection is lost, idle ones are not used again', () => {
  /** A server that knows no connection any more that is open now, and says so only when something comes on it. */
  async function withIdleConnections(count: number) {
    const waiting: (() => void)[] = []
    const forgotten = new Set<number>()
    const server = await startRawServer(({ path, connection }) => {
      if (forgotten.has(connection.number)) connection.socket.resetAndDestroy()
      else if (path !== '/first') return ok(path)
      else if (waiting.push(() => connection.socket.write(ok(''))) === count) {
        for (const answer of waiting) answer()
      }
      return undefined
    })
    const client = clientOf(server.url)
    await Promise.all(Array.from({ length: count }, () => client.get('/first')))
    const forget = () => {
      for (const { number } of server.connections) forgotten.add(number)
    }
    return { server, client, forget }
  }

  test('one request is lost, however many of them there are, and the next one is answered', async () => {
    const { server, client, forget } = await withIdleConnections(8)
    await using _server = server
    await using _client = client
    forget()
    await expect(client.getAtOnce('/lost')).rejects.toMatchObject({ reason: 'CONNECTION', sent: true })
    expect((await client.getAtOnce('/next')).body).toBe('/next')
    expect(server.requests.slice(8).map(({ path }) => path)).toEqual(['/lost', '/next'])
    expect(waysOf(server).slice(8).at(-1)).toBe(9)
    await Promise.all(server.connections.slice(0, 8).map(({ closed }) => closed))
  })

  test('nor after a time-out before any byte of the answer: no packet may have said that it is lost', async () => {
    await using server = await startRawServer(({ path, connection }) =>
      connection.number === 1 && path === '/lost' ? undefined : ok(path),
    )
    await using client = clientOf(server.url)
    await Promise.all(['/a', '/b', '/c'].map((path) => client.get(path)))
    await expect(client.get('/lost', { headersMs: 50 })).rejects.toMatchObject({ reason: 'TIME', sent: true })
    expect((await client.get('/next')).body).toBe('/next')
    expect(waysOf(server)).toEqual([1, 2, 3, 1, 4])
    await Promise.all(server.connections.slice(0, 3).map(({ closed }) => closed))
  })

  test('requests that are under way finish on theirs', async () => {
    const arrived = Promise.withResolvers<() => void>()
    await using server = await startRawServer(({ path, connection }) => {
      if (path === '/under-way') {
        arrived.resolve(() => connection.socket.write(ok(path)))
        return undefined
      }
      if (path === '/lost') connection.socket.resetAndDestroy()
      return path === '/lost' ? undefined : ok(path)
    })
    await using client = clientOf(server.url)
    const underWay = client.get('/under-way')
    const answer = await arrived.promise
    await client.get('/first')
    await expect(client.get('/lost')).rejects.toMatchObject({ reason: 'CONNECTION', sent: true })
    expect((await client.get('/next')).body).toBe('/next')
    answer()
    expect((await underWay).body).toBe('/under-way')
    await server.connections[0]!.closed
  })
})
