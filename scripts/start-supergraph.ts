import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startPublishedApis } from '../examples/published-apis/published-apis.ts'
import { SUBGRAPH_URLS } from './compose-supergraph.ts'

// Starts the gateway in sandbox mode, the example's second subgraph, and Hive Gateway in front of both, all on 127.0.0.1.
// SIGINT and SIGTERM stop all of them; so does the end of any of them.

const ROUTER_URL = 'http://127.0.0.1:4000'
const ROOT = fileURLToPath(new URL('..', import.meta.url))
const EXAMPLE = fileURLToPath(new URL('../examples/supergraph', import.meta.url))
const HIVE_GATEWAY = `${EXAMPLE}/node_modules/@graphql-hive/gateway/dist/bin.js`
/** Settings that would lead away from the sandbox. */
const SANDBOX = { HW_REGION_NAME: '', APIG_ENDPOINT: '', ROMA_ENDPOINT: '', IAM_ENDPOINT: '' }

const USAGE = `Usage: npm run supergraph

Starts the gateway with its simulator, the example's other subgraph and Hive Gateway. It takes no options; the ports are
those of examples/supergraph/supergraph.graphql.`

if (process.argv.length > 2) {
  const asksForHelp = /^(--help|-h)$/.test(process.argv[2] ?? '')
  console.error(asksForHelp ? USAGE : `npm run supergraph takes no arguments (${process.argv[2]}).`)
  process.exit(asksForHelp ? 0 : 1)
}
if (!existsSync(HIVE_GATEWAY)) {
  console.error('Hive Gateway is not installed: run npm ci --prefix examples/supergraph')
  process.exit(1)
}

await using _publishedApis = await startPublishedApis(portOf(SUBGRAPH_URLS['published-apis'])).catch(
  (error: Error) => {
    console.error(`The example's subgraph does not start: ${error.message}`)
    process.exit(1)
  },
)
const gateway = start(ROOT, ['src/main.ts'], {
  ...SANDBOX,
  HOST: '127.0.0.1',
  PORT: String(portOf(SUBGRAPH_URLS['vpc-channels'])),
})
const router = start(EXAMPLE, [HIVE_GATEWAY, 'supergraph', '-h', '127.0.0.1', '-p', `${portOf(ROUTER_URL)}`])

const children = [gateway, router]
const ends = children.map((child) => once(child, 'close'))
const stop = (): void => {
  for (const child of children) child.kill('SIGTERM')
}
let asked = false
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    asked = true
    stop()
  })
}

announce()
await Promise.race(ends)
if (!asked) process.exitCode = 1
stop()
await Promise.all(ends)

function portOf(url: string): number {
  return Number(new URL(url).port)
}

/** Starts a process in a separate group, so that Ctrl-C in a terminal reaches it once, from here. */
function start(cwd: string, args: readonly string[], settings: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
}

async function announce(): Promise<void> {
  await answer(new URL('/ready', SUBGRAPH_URLS['vpc-channels']))
  await answer(new URL('/readiness', ROUTER_URL))
  console.log(`Supergraph: ${ROUTER_URL}/graphql`)
}

async function answer(url: URL): Promise<void> {
  const isUp = async (): Promise<boolean> => (await fetch(url).catch(() => undefined))?.ok === true
  while (!(await isUp())) await setTimeout(100, undefined, { ref: false })
}
