import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { clientOf, ok, type RawServer, startRawServer } from './raw-server.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

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
    'HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\n',
    'HTTP/1.1 304 Not Modified\r\n\r\n',
    `HTTP/1.1 100 Continue\r\n\r\n${ok('b')}`,
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
    ['of HTTP/1.0', ok('a', 'connection: keep-alive').replace('1.1', '1.0')],
    ['on which bytes came after the response', `${ok('a')}\r\n`],
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
    ['bytes', '\n'],
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

  // One turn after the answer the close is not known yet. undici's pool lost no request to it.
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

describe('a connection that waits for a request', () => {
  /** From now on the clock is ahead of what it was. */
  const goAhead = (milliseconds: number): void => {
    const now = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => now() + milliseconds)
  }

  test.each([
    ['nothing of the time', '', 3_500, 4_001],
    ['that it keeps it for 5 seconds', 'keep-alive: timeout=5\r\n', 2_500, 3_001],
    ['that it keeps it for 65 seconds', 'keep-alive: timeout=65\r\n', 62_500, 63_001],
  ])('is used while the server surely keeps it, where that says %s', async (_what, field, before, after) => {
    await using server = await startRawServer(() => `HTTP/1.1 200 OK\r\n${field}content-length: 1\r\n\r\na`)
    await using client = clientOf(server.url)
    await client.get('/first')
    goAhead(before)
    await client.get('/second')
    vi.restoreAllMocks()
    goAhead(before + after)
    await client.get('/third')
    expect(waysOf(server)).toEqual([1, 1, 2])
    await server.connections[0]!.closed
  })

  test('is closed soon after that, be there another request or not', async () => {
    await using server = await startRawServer(() => ok('a', 'keep-alive: timeout=5'))
    await using client = clientOf(server.url)
    await client.get('/first')
    goAhead(3_001)
    await server.connections[0]!.closed
    expect(server.requests).toHaveLength(1)
  })
})
