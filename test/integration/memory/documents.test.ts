import { Pool } from 'undici'
import { describe, expect, test } from 'vitest'
import { INSPECTED, openInspector } from '../../support/inspector.ts'
import { startProcess } from '../../support/start-process.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { withEach } from '../security/at-once.ts'

const DOCUMENTS = 20_000

/** What a gateway may keep of small documents, and what differs from one collection to the next. */
const MOST_GROWTH = 15_000_000

const CHANNEL = '{ vpcChannel(product: APIG, instanceId: "i", id: "c") { name } }'

/** Documents of which no two are alike, and what each is answered. The first new names come in long ones. */
const KINDS: readonly (readonly [string, (index: number) => string, RegExp])[] = [
  ['unparsable', (index) => `{ n${index}`, /GRAPHQL_PARSE_FAILED/],
  ['invalid', (index) => `{ n${index} }`, /GRAPHQL_VALIDATION_FAILED/],
  ['valid', (index) => `{ n${index}: __typename }`, /"data":{"n/],
  [
    'named differently',
    (index) => `query OperationNumber${index} ${CHANNEL} #${'x'.repeat(index < 300 ? 200_000 : 0)}`,
    /"name":"orders"/,
  ],
]

describe('a process with a small heap', () => {
  test.each(KINDS)(
    `keeps little of ${DOCUMENTS} documents that are %s`,
    async (_name, documentOf, answer) => {
      await using upstream = await startUpstream({ body: { id: 'c', name: 'orders' } })
      const settings = {
        NODE_ENV: 'production',
        APIG_ENDPOINT: upstream.url,
        HW_PROJECT_ID: 'p',
        METRICS_PORT: '0',
        MAX_IN_FLIGHT_PER_CALLER: '32',
      }
      const flags = ['--max-old-space-size=200', ...INSPECTED]
      await using gateway = startProcess(settings, undefined, flags)
      const { origin } = new URL(await gateway.url())
      using inspector = await openInspector(gateway)
      const pool = new Pool(origin, { connections: 32 })
      const headers = { 'content-type': 'application/json', 'x-auth-token': 'token' }
      const ask = async (query: string): Promise<string> => {
        const body = JSON.stringify({ query })
        const sent = await pool.request({ method: 'POST', path: '/graphql', headers, body })
        return sent.body.text()
      }
      const indices = Array.from({ length: DOCUMENTS }, (_, index) => index)
      await withEach(indices.slice(0, 500), 32, async () => void (await ask(CHANNEL)))
      const before = await inspector.heapBytes()
      await withEach(indices, 32, async (index) => expect(await ask(documentOf(index))).toMatch(answer))
      const after = await inspector.heapBytes()
      await pool.close()
      expect(after - before).toBeLessThan(MOST_GROWTH)
      expect(gateway.lines.filter((line) => line.includes('"level":50'))).toEqual([])
    },
    300_000,
  )
})
