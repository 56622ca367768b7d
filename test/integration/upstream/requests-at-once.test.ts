import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ExchangeError } from '../../../src/upstream/http/exchange-error.ts'
import { clientOf, ok, type RawRequest, startRawServer } from './raw-server.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

test('requests at once go over connections of their own, which the next ones use again', async () => {
  const waiting: RawRequest[] = []
  const all = Promise.withResolvers<void>()
  await using server = await startRawServer((request) => {
    if (!request.path.startsWith('/first')) return ok(request.path)
    if (waiting.push(request) === 50) all.resolve()
    return undefined
  })
  await using client = clientOf(server.url)
  const paths = Array.from({ length: 50 }, (_, index) => `/first/${index}`)
  const answers = Promise.all(paths.map((path) => client.get(path)))
  await all.promise
  expect(server.connections).toHaveLength(50)
  for (const { connection, path } of waiting.toReversed()) connection.socket.write(ok(path))
  expect((await answers).map(({ body }) => body)).toEqual(paths)

  const more = Array.from({ length: 50 }, (_, index) => `/second/${index}`)
  expect((await Promise.all(more.map((path) => client.get(path)))).map(({ body }) => body)).toEqual(more)
  expect(server.connections).toHaveLength(50)
})

/** What the server does with a request: each answer names the request that it is for. */
const DEEDS = {
  ANSWERS: (path: string) => ok(path),
  ANSWERS_IN_CHUNKS: (path: string) =>
    `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${path.length.toString(16)}\r\n${path}\r\n0\r\n\r\n`,
  SAYS_IT_CLOSES: (path: string) => ok(path, 'connection: close'),
  ANSWERS_TWICE: (path: string) => ok(path) + ok('stolen'),
  ANSWERS_UNTIL_CLOSE: (path: string) => `HTTP/1.1 200 OK\r\n\r\n${path}`,
  ANSWERS_AND_CLOSES: (path: string) => ok(path),
  CLOSES: () => '',
  RESETS: () => '',
  CUTS_SHORT: (path: string) => ok(path).slice(0, -1),
} as const
type Deed = keyof typeof DEEDS

const FAILING: ReadonlySet<Deed> = new Set(['CLOSES', 'RESETS', 'CUTS_SHORT'])
const ENDING: ReadonlySet<Deed> = new Set([
  'ANSWERS_UNTIL_CLOSE',
  'ANSWERS_AND_CLOSES',
  'CLOSES',
  'CUTS_SHORT',
])

const plan = fc.record({
  deed: fc.constantFrom<Deed>('ANSWERS', 'ANSWERS', ...(Object.keys(DEEDS) as Deed[])),
  /** Turns of the event loop until the request is made, and until each half of its answer. */
  startsAfter: fc.nat({ max: 6 }),
  answersAfter: fc.nat({ max: 4 }),
  cut: fc.nat({ max: 60 }),
})

test('whatever the server does, no request is answered by what was meant for another', async () => {
  let plans: readonly (typeof plan extends fc.Arbitrary<infer Plan> ? Plan : never)[] = []
  const underWay = new Set<number>()
  let atOnce = 0

  async function answer({ path, connection }: RawRequest): Promise<void> {
    const { deed, answersAfter, cut } = plans[Number(path.slice(1))]!
    const { socket, number } = connection
    // Two requests at once on one connection are never to be.
    if (underWay.has(number)) atOnce += 1
    underWay.add(number)
    const text = DEEDS[deed](path)
    // Cut just where another answer begins, that would be one to the next request as far as anybody can tell.
    const end = deed === 'ANSWERS_TWICE' ? 0 : Math.min(cut, text.length)
    for (let count = 0; count < answersAfter; count += 1) await turn()
    if (end > 0 && end < text.length) {
      socket.write(text.slice(0, end))
      await turn()
    }
    underWay.delete(number)
    if (deed === 'RESETS') socket.resetAndDestroy()
    else socket.write(end < text.length ? text.slice(end) : text)
    if (ENDING.has(deed)) socket.end()
  }

  await using server = await startRawServer((request) => {
    answer(request)
    return undefined
  })
  await using client = clientOf(server.url)
  let answered = 0
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { minLength: 1, maxLength: 24 }), async (given) => {
      plans = given
      atOnce = 0
      const outcomes = given.map(async ({ startsAfter }, index) => {
        for (let count = 0; count < startsAfter; count += 1) await turn()
        return client.getAtOnce(`/${index}`).then(
          ({ body }) => body,
          ({ reason, sent }: ExchangeError) => `${reason} ${sent}`,
        )
      })
      for (const [index, outcome] of (await Promise.all(outcomes)).entries()) {
        const { deed } = given[index]!
        // A server that closes a connection, told or not, may do so just as the next request leaves.
        if (outcome !== 'CONNECTION true') {
          expect(FAILING.has(deed)).toBe(false)
          expect(outcome).toBe(`/${index}`)
          answered += 1
        }
      }
      expect(atOnce).toBe(0)
    }),
    { numRuns: 100 },
  )
  expect(answered).toBeGreaterThan(100)
})
