import { expect, test } from 'vitest'
import { clientOf, ok, startRawServer } from './raw-server.ts'

const ABANDONED = { name: 'ExchangeError', reason: 'ABANDONED' }

test('who has left before the request is made: no connection is opened', async () => {
  await using server = await startRawServer(() => ok('a'))
  await using client = clientOf(server.url)
  const call = client.get('/', {}, AbortSignal.abort())
  await expect(call).rejects.toMatchObject({ ...ABANDONED, sent: false })
  expect((await client.get('/next')).body).toBe('a')
  expect(server.requests).toHaveLength(1)
})

test('who leaves before the request is sent: it never is', async () => {
  await using server = await startRawServer(({ path }) => ok(path))
  await using client = clientOf(server.url)
  const leaving = new AbortController()
  const call = client.get('/left', {}, leaving.signal)
  leaving.abort()
  await expect(call).rejects.toMatchObject({ ...ABANDONED, sent: false })
  expect((await client.get('/next')).body).toBe('/next')
  expect(server.requests.map(({ path }) => path)).toEqual(['/next'])
})

test('who leaves while a connection opens: the request is not sent, the next one uses the connection', async () => {
  await using server = await startRawServer(({ path }) => ok(path))
  await using client = clientOf(server.url)
  const leaving = new AbortController()
  const call = client.get('/left', {}, leaving.signal)
  // By now the connection is being opened; nothing has come of it yet.
  await new Promise((resolve) => process.nextTick(resolve))
  leaving.abort()
  await expect(call).rejects.toMatchObject({ ...ABANDONED, sent: false })
  await expect.poll(() => server.connections).toHaveLength(1)
  // The server has it; in the next turns the client has.
  for (let turns = 0; turns < 3; turns += 1) await new Promise((resolve) => setImmediate(resolve))
  expect((await client.get('/next')).body).toBe('/next')
  const arrived = server.requests.map(({ path, connection }) => [path, connection.number])
  expect(arrived).toEqual([['/next', 1]])
})

test('who leaves after the request is sent: its connection is closed, others go on', async () => {
  const arrived = Promise.withResolvers<void>()
  const answering = Promise.withResolvers<() => void>()
  await using server = await startRawServer(({ path, connection }) => {
    if (path === '/stays') answering.resolve(() => connection.socket.write(ok('a')))
    else if (path === '/left') arrived.resolve()
    return path === '/next' ? ok('b') : undefined
  })
  await using client = clientOf(server.url)
  const leaving = new AbortController()
  const stays = client.get('/stays')
  const answer = await answering.promise
  const call = client.get('/left', {}, leaving.signal)
  await arrived.promise
  leaving.abort()
  await expect(call).rejects.toMatchObject({ ...ABANDONED, sent: true })
  await server.connections[1]!.closed
  answer()
  expect((await stays).body).toBe('a')
  expect((await client.get('/next')).body).toBe('b')
  expect(server.requests.map(({ connection }) => connection.number)).toEqual([1, 2, 1])
})

test('who leaves amid the answer has none', async () => {
  await using server = await startRawServer(() => ok('abc').slice(0, -1))
  await using client = clientOf(server.url)
  const leaving = new AbortController()
  const call = client.get('/', {}, leaving.signal)
  await expect.poll(() => server.requests).toHaveLength(1)
  leaving.abort()
  await expect(call).rejects.toMatchObject({ ...ABANDONED, sent: true })
  await server.connections[0]!.closed
})

test('who leaves with the answer changes nothing', async () => {
  await using server = await startRawServer(({ path }) => ok(path))
  await using client = clientOf(server.url)
  const leaving = new AbortController()
  expect((await client.get('/first', {}, leaving.signal)).body).toBe('/first')
  leaving.abort()
  expect((await client.get('/second')).body).toBe('/second')
  expect(server.connections).toHaveLength(1)
})

test('a listener that is called while nobody has left changes nothing, and none is left behind', async () => {
  const listeners = new Set<() => void>()
  const leaving = {
    aborted: false,
    addEventListener: (_type: 'abort', listener: () => void) => void listeners.add(listener),
    removeEventListener: (_type: 'abort', listener: () => void) => void listeners.delete(listener),
  }
  await using server = await startRawServer(({ path }) => {
    for (const listener of listeners) listener()
    return ok(path)
  })
  await using client = clientOf(server.url)
  expect((await client.get('/first', {}, leaving)).body).toBe('/first')
  expect(listeners.size).toBe(0)
  await expect(client.get('/second', { bodyBytes: 1 }, leaving)).rejects.toMatchObject({ reason: 'SIZE' })
  expect(listeners.size).toBe(0)
})
