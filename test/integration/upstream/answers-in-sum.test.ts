import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { errorOfFailure } from '../../../src/errors/error-of-failure.ts'
import { projectId } from '../../../src/lib/ids.ts'
import { DEFAULT_LIMITS } from '../../../src/upstream/client/limits.ts'
import { createUpstreamClient } from '../../../src/upstream/client/upstream-client.ts'
import { ByteBudget } from '../../../src/upstream/http/byte-budget.ts'
import type { UpstreamFailure } from '../../../src/upstream/upstream-failure.ts'
import { TOKEN } from '../../support/start-gateway.ts'
import { startProcess } from '../../support/start-process.ts'
import { startUpstream } from '../../support/start-upstream.ts'
import { clientOf, ok, startRawServer } from './raw-server.ts'

const KB = 1024
const MB = 1024 * KB

const QUERY = 'query Show { vpcChannel(instanceId: "instance-1", id: "channel-1") { name } }'

/** The most memory that a gateway with a small heap ever took, when 16 answers of 4 MB come to it at once. */
async function peakOf(settings: Readonly<Record<string, string>>): Promise<number> {
  const body = Buffer.from(
    JSON.stringify({ id: 'channel-1', name: 'vpc_demo', dict_code: 'x'.repeat(4 * MB) }),
  )
  const all = Promise.withResolvers<void>()
  let asked = 0
  await using upstream = await startUpstream((_call, { response }) => {
    asked += 1
    if (asked === 16) all.resolve()
    all.promise.then(() => response.setHeader('content-type', 'application/json').end(body))
    return undefined
  })
  await using gateway = startProcess(
    {
      APIG_ENDPOINT: upstream.url,
      HW_PROJECT_ID: 'p1',
      MAX_IN_FLIGHT_PER_CALLER: '16',
      DEADLINE_MS: '80000',
      BODY_TIMEOUT_MS: '70000',
      ...settings,
    },
    undefined,
    ['--max-old-space-size=100'],
  )
  const url = await gateway.url()
  const show = async (caller: number) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-auth-token': `${TOKEN}${caller}` },
      body: JSON.stringify({ query: QUERY }),
    })
    return response.json()
  }
  const answers = await Promise.all(Array.from({ length: 16 }, (_, index) => show(index)))
  expect(answers).toEqual(Array(16).fill({ data: { vpcChannel: { name: 'vpc_demo' } } }))
  const status = readFileSync(`/proc/${gateway.pid}/status`, 'utf8')
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * KB
}

test('many large answers at once are all read, and take less memory than they would together', async () => {
  // On a busy machine the answers come apart, and then take little memory in any case.
  const differences: number[] = []
  for (let round = 0; round < 3 && !differences.some((one) => one > 16 * MB); round += 1) {
    const peak = await peakOf({})
    differences.push((await peakOf({ MAX_UPSTREAM_BYTES: '999999999' })) - peak)
  }
  expect(Math.max(...differences)).toBeGreaterThan(16 * MB)
})

/** A server that answers `/n` with n KB, but for `/stalls`, of whose 200 KB it sends 150, and `/cut`, of whose 1000 it sends 900. */
const startSizes = () =>
  startRawServer(({ path }) =>
    path === '/stalls'
      ? ok('x'.repeat(200 * KB)).slice(0, -50 * KB)
      : path === '/cut'
        ? ok('x'.repeat(1000 * KB)).slice(0, -100 * KB)
        : ok('x'.repeat(Number(path.slice(1)) * KB)),
  )

test('an answer that finds no room waits, and is read when there is some', async () => {
  const budget = new ByteBudget(100 * KB)
  await using server = await startSizes()
  await using client = clientOf(server.url)
  const limits = { budget, bodyBytes: MB }
  const stalls = client.get('/stalls', limits)
  await expect.poll(() => budget.bytes).toBe(150 * KB)
  const waits = client.get('/1000', limits)
  await expect.poll(() => budget.bytes).toBeGreaterThan(150 * KB)
  // The small ones go past it.
  expect((await client.get('/50', limits)).body).toHaveLength(50 * KB)
  const held = budget.bytes
  expect(held).toBeLessThan(500 * KB)
  server.requests[0]!.connection.socket.write('x'.repeat(50 * KB))
  expect((await stalls).body).toHaveLength(200 * KB)
  expect((await waits).body).toHaveLength(1000 * KB)
  await expect.poll(() => budget.bytes).toBe(0)
})

test.each(['MEMORY', 'ABANDONED', 'CONNECTION'] as const)(
  'one that waits and ends by %s gives back all that it had',
  async (reason) => {
    const budget = new ByteBudget(100 * KB)
    await using server = await startSizes()
    await using client = clientOf(server.url)
    const limits = { budget, bodyBytes: MB }
    const stalls = client.get('/stalls', limits)
    await expect.poll(() => budget.bytes).toBe(150 * KB)
    const leaving = new AbortController()
    const bodyMs = reason === 'MEMORY' ? 300 : 8_000
    const path = reason === 'CONNECTION' ? '/cut' : '/1000'
    const waits = client.get(path, { ...limits, bodyMs }, leaving.signal)
    const ended = expect(waits).rejects.toMatchObject({ reason, sent: true })
    await expect.poll(() => budget.bytes).toBeGreaterThan(150 * KB)
    const [first, second] = server.requests.map(({ connection }) => connection)
    if (reason === 'CONNECTION') {
      // Known when it is read on.
      second!.socket.resetAndDestroy()
    } else {
      if (reason === 'ABANDONED') leaving.abort()
      await ended
      expect(budget.bytes).toBe(150 * KB)
      await second!.closed
    }
    first!.socket.write('x'.repeat(50 * KB))
    expect((await stalls).body).toHaveLength(200 * KB)
    await ended
    await expect.poll(() => budget.bytes).toBe(0)
  },
)

test('where no room comes in time, the gateway is overloaded, and of a write nothing is known', async () => {
  await using server = await startSizes()
  const client = createUpstreamClient('APIG', new URL(server.url), {
    ...DEFAULT_LIMITS,
    maxUpstreamBytes: 100 * KB,
  })
  const call = (method: 'GET' | 'POST', path: string, ms: number) =>
    client.call(
      { operation: 'anything', projectId: projectId('p'), method, path },
      {
        credentials: { kind: 'NONE' },
        caller: 'c',
        language: 'en-us',
        deadline: performance.now() + ms,
        record: () => undefined,
      },
    )
  const stalls = call('GET', '/stalls', 20_000)
  await expect.poll(() => server.requests).toHaveLength(1)
  for (const [method, effect] of [
    ['GET', undefined],
    ['POST', 'UNKNOWN'],
  ] as const) {
    const failure = await call(method, '/1000', 3_000).catch((error: unknown) => error)
    expect(failure).toMatchObject({ kind: 'OVERLOADED', sent: true })
    const kind = method === 'GET' ? 'READ' : 'WRITE'
    const error = errorOfFailure(failure as UpstreamFailure, { kind, pathOf: () => null })
    expect(error).toMatchObject({ code: 'OVERLOADED', effect })
  }
  server.requests[0]!.connection.socket.destroy()
  await expect(stalls).rejects.toMatchObject({ kind: 'DISCONNECTED' })
  await client.close()
})
