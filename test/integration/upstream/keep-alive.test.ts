import { afterEach, describe, expect, test, vi } from 'vitest'
import { clientOf, startRawServer } from './raw-server.ts'

// A file of its own: the deadlines of all exchanges share one timer, which would not go on after these tests.
afterEach(() => {
  vi.useRealTimers()
})

describe('a connection that waits for a request', () => {
  test.each([
    ['nothing of the time', '', 3_900, 4_001],
    ['that it keeps it for 5 seconds', 'keep-alive: timeout=5\r\n', 2_900, 3_001],
    ['that it keeps it for 65 seconds', 'keep-alive: timeout=65\r\n', 62_900, 63_001],
  ])('is used while the server surely keeps it, where that says %s', async (_what, field, before, after) => {
    await using server = await startRawServer(() => `HTTP/1.1 200 OK\r\n${field}content-length: 1\r\n\r\na`)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    await using client = clientOf(server.url)
    await client.get('/first')
    vi.advanceTimersByTime(before)
    await client.get('/second')
    vi.advanceTimersByTime(after)
    // Closed, be there another request or not.
    await server.connections[0]!.closed
    await client.get('/third')
    expect(server.requests.map(({ connection }) => connection.number)).toEqual([1, 1, 2])
  })
})
