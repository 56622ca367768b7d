import { Agent, request } from 'node:http'
import { describe, expect, test } from 'vitest'
import { samplesOf } from '../../support/exposition.ts'
import { startProcess } from '../../support/start-process.ts'

const TYPE = { 'content-type': 'application/json' }
const TYPENAME = JSON.stringify({ query: '{ __typename }' })
const SHOW = JSON.stringify({ query: '{ vpcChannel(instanceId: "i", id: "c") { id } }' })

interface Asked {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly status: number
}

const BEFORE_GRAPHQL: readonly (readonly [name: string, asked: Asked])[] = [
  ['a body that is no JSON', { body: '{"query":', status: 400 }],
  ['a parameter that there is not', { body: '{"x":1}', status: 400 }],
  ['a list of operations', { body: `[${TYPENAME}]`, status: 400 }],
  ['another path', { path: '/x', body: TYPENAME, status: 404 }],
  ['another method', { method: 'DELETE', status: 405 }],
  ['an answer of another type', { headers: { accept: 'text/css' }, body: TYPENAME, status: 406 }],
  ['a form', { headers: { 'content-type': 'text/plain' }, body: TYPENAME, status: 415 }],
  ['a body of another encoding', { headers: { 'content-encoding': 'gzip' }, body: TYPENAME, status: 415 }],
  ['a document of no known id', { body: '{"documentId":"sha256:nothing"}', status: 200 }],
]

const query = (text: string, more: object = {}): string => JSON.stringify({ query: text, ...more })

const OF_DOCUMENTS: readonly (readonly [name: string, asked: Asked])[] = [
  ['a document that does not parse', { body: query('{ a'), status: 200 }],
  ['an operation of no known name', { body: query('{ __typename }', { operationName: 'X' }), status: 200 }],
  ['a document that is nested too deep', { body: query('{'.repeat(110)), status: 200 }],
  ['more levels of fields than allowed', { body: query('{ a '.repeat(13) + '}'.repeat(13)), status: 200 }],
  ['introspection, where it is off', { body: query('{ __schema { types { name } } }'), status: 200 }],
]

const OF_VALIDATION: readonly (readonly [name: string, asked: Asked])[] = [
  ['a field that there is not', { body: query('{ n123 }'), status: 200 }],
  ['an argument that is missing', { body: query('{ vpcChannel(id: "c") { id } }'), status: 200 }],
]

const ROUND = 150
const ROUNDS = 30
const CONNECTIONS = 10

/** The gateway as a process, which tells how much processor time it has taken. */
async function startCounted() {
  const gateway = startProcess({
    APIG_ENDPOINT: 'http://127.0.0.1:9',
    METRICS_PORT: '0',
    NODE_ENV: 'production',
  })
  const url = new URL(await gateway.url())
  await expect.poll(() => gateway.lines.join('\n'), { timeout: 20_000 }).toMatch(/Metrics: http/)
  const metricsUrl = /Metrics: (http[^"\s]+)/.exec(gateway.lines.join('\n'))?.[1] ?? ''
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })

  const send = ({ method = 'POST', path = '/graphql', headers, body = '' }: Asked) =>
    new Promise<number | undefined>((resolve, reject) => {
      const given = { ...TYPE, 'content-length': Buffer.byteLength(body), ...headers }
      request(url, { agent, method, path, headers: given }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode))
      })
        .once('error', reject)
        .end(body)
    })

  async function sendRound(asked: Asked): Promise<void> {
    const statuses = await Promise.all(Array.from({ length: ROUND }, () => send(asked)))
    expect(new Set(statuses)).toEqual(new Set([asked.status]))
  }

  const secondsTaken = async () => {
    const samples = samplesOf(await (await fetch(metricsUrl)).text())
    return samples.find(({ name }) => name === 'process_cpu_seconds_total')!.value
  }

  return {
    /** The processor time of each, in times of the first. Rounds go by turns, and the least of each counts: other work only adds. */
    async compare(kinds: readonly Asked[]): Promise<readonly number[]> {
      const least = kinds.map(() => Number.POSITIVE_INFINITY)
      for (let warming = 0; warming < 12; warming += 1) for (const kind of kinds) await sendRound(kind)
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const [index, kind] of kinds.entries()) {
          const before = await secondsTaken()
          await sendRound(kind)
          least[index] = Math.min(least[index]!, (await secondsTaken()) - before)
        }
      }
      return least.map((seconds) => seconds / least[0]!)
    },
    async [Symbol.asyncDispose]() {
      agent.destroy()
      await gateway[Symbol.asyncDispose]()
    },
  }
}

/** The ratios by the names of the kinds. */
async function ratiosOf(kinds: readonly (readonly [name: string, asked: Asked])[]) {
  await using gateway = await startCounted()
  const [, ...ratios] = await gateway.compare([
    { body: TYPENAME, status: 200 },
    ...kinds.map(([, asked]) => asked),
  ])
  return {
    mean: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length,
    most: Math.max(...ratios),
    all: JSON.stringify(Object.fromEntries(kinds.map(([name], index) => [name, ratios[index]]))),
  }
}

/* The bounds are what docs/performance.md says, and what a busy machine adds to one or the other. */
describe('a refusal costs, in times of { __typename },', () => {
  test('about one before GraphQL', async () => {
    const { mean, most, all } = await ratiosOf(BEFORE_GRAPHQL)
    expect(mean, all).toBeLessThan(1.4)
    expect(most, all).toBeLessThan(1.9)
  }, 120_000)

  test('little more for a document that is not parsed, or is beyond a limit', async () => {
    const { mean, most, all } = await ratiosOf(OF_DOCUMENTS)
    expect(mean, all).toBeLessThan(2)
    expect(most, all).toBeLessThan(2.75)
  }, 120_000)

  test('about three for a short document that is not valid', async () => {
    const { most, all } = await ratiosOf(OF_VALIDATION)
    expect(most, all).toBeLessThan(4.5)
  }, 120_000)

  test('about two for a caller without a good token', async () => {
    const { most, all } = await ratiosOf([
      ['no token', { body: SHOW, status: 200 }],
      ['a token of two words', { body: SHOW, headers: { 'x-auth-token': 'two words' }, status: 200 }],
    ])
    expect(most, all).toBeLessThan(2.75)
  }, 120_000)
})
