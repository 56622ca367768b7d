import { expect, test } from 'vitest'
import { clientOf, ok, startRawServer } from './raw-server.ts'

const REFUSED = { name: 'ExchangeError', reason: 'CONNECTION', sent: false }

test('what was never used closes at once, and twice', async () => {
  await using client = clientOf('http://127.0.0.1:1')
  await client.pool.close()
  await client.pool.close()
  await expect(client.get('/')).rejects.toMatchObject(REFUSED)
})

test('connections that are idle are closed', async () => {
  await using server = await startRawServer(({ path }) => ok(path))
  await using client = clientOf(server.url)
  await Promise.all(['/a', '/b', '/c'].map((path) => client.get(path)))
  expect(server.connections).toHaveLength(3)
  await client.pool.close()
  await Promise.all(server.connections.map(({ closed }) => closed))
})

test('what is under way ends first, later requests are refused', async () => {
  const arrived = Promise.withResolvers<() => void>()
  await using server = await startRawServer(({ path, connection }) => {
    if (path === '/idle') return ok('idle')
    arrived.resolve(() => connection.socket.write(ok('late, but here', 'keep-alive: timeout=60')))
    return undefined
  })
  await using client = clientOf(server.url)
  const [answer] = [client.get('/under-way'), await client.get('/idle')]
  const answerNow = await arrived.promise
  let hasClosed = false
  const closing = client.pool.close().then(() => {
    hasClosed = true
  })
  const again = client.pool.close()
  await server.requests.find(({ path }) => path === '/idle')!.connection.closed
  await expect(client.get('/later')).rejects.toMatchObject(REFUSED)
  expect(hasClosed).toBe(false)
  answerNow()
  expect((await answer).body).toBe('late, but here')
  await closing
  await again
  await Promise.all(server.connections.map(({ closed }) => closed))
  await expect(client.get('/later')).rejects.toMatchObject(REFUSED)
  expect(server.requests.map(({ path }) => path).toSorted()).toEqual(['/idle', '/under-way'])
})

test.each([
  ['fails', '', 'CONNECTION'],
  ['is too long', ok('x'.repeat(200)), 'SIZE'],
])('what is under way and %s ends it, too', async (_how, text, reason) => {
  await using server = await startRawServer(() => undefined)
  await using client = clientOf(server.url)
  const answer = client.get('/', { bodyBytes: 100 })
  await expect.poll(() => server.requests).toHaveLength(1)
  const closing = client.pool.close()
  server.connections[0]!.socket.end(text)
  await expect(answer).rejects.toMatchObject({ reason, sent: true })
  await closing
})

test('a request whose connection is still being opened is sent and answered', async () => {
  await using server = await startRawServer(({ path }) => ok(path))
  await using client = clientOf(server.url)
  const answer = client.get('/under-way')
  await new Promise((resolve) => process.nextTick(resolve))
  expect(server.connections).toEqual([])
  const closing = client.pool.close()
  expect((await answer).body).toBe('/under-way')
  await closing
  await server.connections[0]!.closed
})

test('a connection that is opened for a request which was given up is closed, too', async () => {
  await using server = await startRawServer(({ path }) => ok(path))
  await using client = clientOf(server.url)
  const leaving = new AbortController()
  const answer = client.get('/left', {}, leaving.signal)
  await new Promise((resolve) => process.nextTick(resolve))
  leaving.abort()
  await expect(answer).rejects.toMatchObject({ reason: 'ABANDONED', sent: false })
  await client.pool.close()
  await expect.poll(() => server.connections).toHaveLength(1)
  await server.connections[0]!.closed
  expect(server.connections[0]!.received).toBe('')
})

test('a connection that cannot be opened is closed, too', async () => {
  const server = await startRawServer(() => undefined)
  await server[Symbol.asyncDispose]()
  await using client = clientOf(server.url)
  const answer = client.get('/')
  await new Promise((resolve) => process.nextTick(resolve))
  const closing = client.pool.close()
  await expect(answer).rejects.toMatchObject(REFUSED)
  await closing
})
