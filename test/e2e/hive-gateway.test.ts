import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, describe, expect, test } from 'vitest'
import { endWithWorker } from '../support/end-with-worker.ts'
import { freePort } from '../support/free-port.ts'
import { type Router, testSupergraph } from '../support/supergraph.ts'

const EXAMPLE = 'examples/supergraph'
const HIVE_GATEWAY = 'node_modules/@graphql-hive/gateway/dist/bin.js'

beforeAll(() => {
  if (!existsSync(join(EXAMPLE, HIVE_GATEWAY))) {
    throw new Error('needs Hive Gateway: npm ci --prefix examples/supergraph --ignore-scripts')
  }
})

describe('behind Hive Gateway', () => {
  testSupergraph(startHiveGateway)
})

test('npm run supergraph starts all three, and SIGTERM stops them', async () => {
  const child = spawn(process.execPath, ['scripts/start-supergraph.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await using _child = killed(endWithWorker(child))
  const lines: string[] = []
  const started = Promise.withResolvers<string>()
  createInterface(child.stdout).on('line', (line) => {
    lines.push(line)
    const url = /^Supergraph: (\S+)$/.exec(line)?.[1]
    if (url !== undefined) started.resolve(url)
  })
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const url = await Promise.race([
    started.promise,
    ended.then((code) => Promise.reject(new Error(`ended with ${code}:\n${lines.join('\n')}`))),
  ])

  const answer = await ask(url, '{ publishedApis { name vpcChannel { name } } }', {})
  expect(answer.data).toEqual({
    publishedApis: [
      { name: 'Pay', vpcChannel: { name: 'payments' } },
      { name: 'Refund', vpcChannel: { name: 'payments' } },
      { name: 'Order', vpcChannel: null },
    ],
  })

  child.kill('SIGTERM')
  expect(await ended).toBe(0)
  for (const port of [4000, 4001, 4002]) {
    await expect(fetch(`http://127.0.0.1:${port}/graphql`)).rejects.toThrow('fetch failed')
  }
})

/** Hive Gateway as the example runs it, but for the supergraph's URLs. */
async function startHiveGateway(supergraphSdl: string): Promise<Router> {
  await using starting = new AsyncDisposableStack()
  const directory = await mkdtemp(join(tmpdir(), 'supergraph-'))
  starting.defer(() => rm(directory, { recursive: true }))
  const file = join(directory, 'supergraph.graphql')
  await writeFile(file, supergraphSdl)

  const port = await freePort()
  const child = spawn(
    process.execPath,
    [HIVE_GATEWAY, 'supergraph', file, '-h', '127.0.0.1', '-p', String(port)],
    { cwd: EXAMPLE, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  starting.use(killed(endWithWorker(child)))
  const url = `http://127.0.0.1:${port}`
  const isReady = async () => (await fetch(`${url}/readiness`).catch(() => undefined))?.ok
  await expect.poll(isReady, { timeout: 90_000 }).toBe(true)

  const stack = starting.move()
  return {
    send: (query, headers) => ask(`${url}/graphql`, query, headers),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

async function ask(url: string, query: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })
  return JSON.parse(await response.text())
}

const killed = (child: ReturnType<typeof spawn>): AsyncDisposable => ({
  async [Symbol.asyncDispose]() {
    if (child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill('SIGTERM')
    await closed
  },
})
