import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { HEARTBEAT_MS, multipartSubscription } from '../../../src/server/graphql/multipart-subscription.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Events that end when the test says so, and whether the stream has given them up. */
function endless() {
  const left = { returned: false }
  const events: AsyncIterableIterator<never> = {
    next: () => new Promise(() => undefined),
    return: async () => {
      left.returned = true
      return { done: true, value: undefined }
    },
    [Symbol.asyncIterator]: () => events,
  }
  return { events, left }
}

const PART = '\r\ncontent-type: application/json\r\n\r\n{}\r\n--graphql'

test('an idle stream has an empty part at once, and another one from time to time', async () => {
  const { events } = endless()
  const reader = multipartSubscription(events).getReader()
  const next = async () => new TextDecoder().decode((await reader.read()).value)
  expect(await next()).toBe(`\r\n--graphql${PART}`)
  for (let time = 0; time < 3; time += 1) {
    const part = next()
    vi.advanceTimersByTime(HEARTBEAT_MS)
    expect(await part).toBe(PART)
  }
})

test('a client that does not read gets no more of them', () => {
  const { events } = endless()
  const stream = multipartSubscription(events)
  vi.advanceTimersByTime(100 * HEARTBEAT_MS)
  expect(stream.locked).toBe(false)
  return expect(stream.getReader().read()).resolves.toMatchObject({ done: false })
})

test('a client that leaves ends the events and the heartbeat', async () => {
  const { events, left } = endless()
  await multipartSubscription(events).cancel()
  expect(left.returned).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

test('a fault of the events breaks the stream', async () => {
  async function* broken() {
    yield { data: { a: 1 } }
    throw new Error('broken')
  }
  const reader = multipartSubscription(broken()).getReader()
  const read = async () => {
    for (;;) if ((await reader.read()).done) return
  }
  await expect(read()).rejects.toThrow('broken')
  expect(vi.getTimerCount()).toBe(0)
})
