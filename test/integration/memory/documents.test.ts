import { Pool } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { INSPECTED, type Inspector, openInspector } from '../../support/inspector.ts'
import { startProcess } from '../../support/start-process.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { withEach } from '../security/at-once.ts'

const DOCUMENTS = 20_000

/** What a gateway may keep of small documents, and what differs from one collection to the next. */
const MAX_GROWTH = 15_000_000

const CHANNEL = '{ vpcChannel(product: APIG, instanceId: "i", id: "c") { name } }'

/** Documents of which no two are alike, and what each is answered. The first new names come in long ones. */
const KINDS: readonly (readonly [string, (index: number) => string, RegExp])[] = [
  ['unparsable', (index) => `{ n${index}`, /GRAPHQL_PARSE_FAILED/],
  ['invalid', (index) => `{ n${index} }`, /GRAPHQL_VALIDATION_FAILED/],
  ['valid', (index) => `{ n${index}: __typename }`, /"data":{"n/],
  [
    'named differently',
    (index) => `query OperationNumber${index} ${CHANNEL} #${'x'.repeat(index < 300 ? 60_000 : 0)}`,
    /"name":"orders"/,
  ],
]

describe('a process with a small heap', () => {
  const stack = new AsyncDisposableStack()
  let gateway: ReturnType<typeof startProcess>
  let inspector: Inspector
  let pool: Pool

  const ask = async (query: string): Promise<string> => {
    const headers = { 'content-type': 'application/json', 'x-auth-token': 'token' }
    const body = JSON.stringify({ query })
    const sent = await pool.request({ method: 'POST', path: '/graphql', headers, body })
    return sent.body.text()
  }
  const each = (count: number, work: (index: number) => Promise<void>): Promise<void> =>
    withEach([...Array(count).keys()], 32, work)

  beforeAll(async () => {
    const upstream = stack.use(await startUpstream({ body: { id: 'c', name: 'orders' } }))
    const settings = {
      NODE_ENV: 'production',
      APIG_ENDPOINT: upstream.url,
      HW_PROJECT_ID: 'p',
      METRICS_PORT: '0',
      MAX_IN_FLIGHT_PER_CALLER: '32',
    }
    gateway = stack.use(startProcess(settings, undefined, ['--max-old-space-size=200', ...INSPECTED]))
    pool = stack.adopt(new Pool(new URL(await gateway.url()).origin, { connections: 32 }), (opened) =>
      opened.close(),
    )
    inspector = stack.use(await openInspector(gateway))
    await each(500, async () => void (await ask(CHANNEL)))
  })

  afterAll(() => stack.disposeAsync())

  test.each(KINDS)(
    `keeps little of ${DOCUMENTS} documents that are %s`,
    async (_name, documentOf, answer) => {
      const before = await inspector.heapBytes()
      await each(DOCUMENTS, async (index) => {
        const answered = await ask(documentOf(index))
        // An assertion for each would take as long as the gateway.
        if (!answer.test(answered)) expect(answered).toMatch(answer)
      })
      const growth = (await inspector.heapBytes()) - before
      expect(growth).toBeLessThan(MAX_GROWTH)
      expect(gateway.lines.filter((line) => line.includes('"level":50'))).toEqual([])
    },
  )
})
