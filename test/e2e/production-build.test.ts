import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltImage, buildImage } from '../support/build-image.ts'
import { commandOf, lastOf } from '../support/dockerfile.ts'
import { endWithWorker } from '../support/end-with-worker.ts'
import { freePort } from '../support/free-port.ts'
import { startCollector } from '../support/start-collector.ts'

/*
 * The Dockerfile as far as it goes without an engine: its own lines in empty folders, and what they made run by its own
 * CMD and asked by its own HEALTHCHECK. What is left out: the base image, its users, and the isolation.
 */

const CHUNKS = ['gateway.js', 'graphiql.js', 'main.js', 'simulator.js', 'tracing.js']

let folder: string
let image: BuiltImage

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'image-'))
  image = await buildImage(folder)
}, 300_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the image', () => {
  test('holds what was built, and no node_modules', async () => {
    expect((await readdir(image.workdir)).toSorted()).toEqual(['dist', 'package.json'])
    expect(await readdir(join(image.workdir, 'dist'))).toEqual(
      expect.arrayContaining([...CHUNKS, 'THIRD-PARTY-NOTICES.txt']),
    )
  })

  test('stays small', async () => {
    const built = await sizeOf(join(image.workdir, 'dist'))
    process.stdout.write(`production build: ${inMiB(built)} MiB\n`)
    expect(inMiB(built)).toBeLessThan(20)
  })

  test('has one copy of graphql', async () => {
    const chunks = await Promise.all(
      CHUNKS.map((name) => readFile(join(image.workdir, 'dist', name), 'utf8')),
    )
    const copies = chunks.flatMap(
      (chunk) => chunk.match(/^\/\/ .*\/graphql\/error\/GraphQLError\..*$/gm) ?? [],
    )
    // The module that is CommonJS; the other one of the package ends with `.mjs`.
    expect(copies).toEqual([expect.stringMatching(/GraphQLError\.js$/)])
  })

  test('has the licence of each package in it, and no package that the SBOM lacks', async () => {
    const notices = await readFile(join(image.workdir, 'dist/THIRD-PARTY-NOTICES.txt'), 'utf8')
    const bundled = [...notices.matchAll(/^(\S+@\S+)\nLicence: .+$/gm)].map(([, name]) => name)
    for (const name of ['graphql', '@opentelemetry/sdk-trace', '@graphql-yoga/render-graphiql']) {
      expect(bundled).toContainEqual(expect.stringMatching(`^${name}@`))
    }
    expect(await productionPackages()).toEqual(expect.arrayContaining(bundled))
  })
})

describe('the container’s process', () => {
  test('answers, is the hardened one and healthy by the image’s own check, and stops at SIGTERM', async () => {
    await using gateway = await startImage()
    const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } })
    expect(page.headers.get('content-type') ?? '').not.toContain('text/html')
    expect(() => gateway.lines.map((line) => JSON.parse(line))).not.toThrow()
    expect((await fetch(`${gateway.url}/health`)).status).toBe(200)
    expect((await fetch(`${gateway.url}/ready`)).status).toBe(200)
    expect(await namesOf(gateway.url)).toContain('payments')
    expect(await gateway.healthCheck()).toBe(0)
    gateway.stop()
    expect(await gateway.exited).toBe(0)
    expect(gateway.errors).toEqual([])
    expect(await gateway.healthCheck()).toBe(1)
  })

  test('needs to write no file: its root filesystem may be read-only', async () => {
    await using gateway = await startImage({ NODE_OPTIONS: '--permission --allow-fs-read=*' })
    expect(await namesOf(gateway.url)).toContain('payments')
    gateway.stop()
    expect(await gateway.exited).toBe(0)
    expect(gateway.errors).toEqual([])
  })

  test('serves GraphiQL in the development profile', async () => {
    await using gateway = await startImage({ NODE_ENV: 'development' })
    const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } })
    expect(page.headers.get('content-type')).toContain('text/html')
    expect(await page.text()).toContain('<title>VPC channel gateway (sandbox)</title>')
  })

  test('sends spans to a collector, and serves metrics with its version', async () => {
    const port = String(await freePort())
    await using collector = await startCollector()
    await using gateway = await startImage({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      METRICS_PORT: port,
    })
    expect(await namesOf(gateway.url)).toContain('payments')
    const { version } = JSON.parse(await readFile('package.json', 'utf8'))
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    expect(metrics).toMatch(new RegExp(`^\\S*build_info\\{.*version="${version}".*\\} 1$`, 'm'))
    gateway.stop()
    expect(await gateway.exited).toBe(0)
    // The server's span and that of its call of the cloud.
    expect(new Set(collector.spans.map(({ kind }) => kind))).toEqual(new Set([2, 3]))
  })

  test('logs JSON on a terminal in the development profile too, where pino-pretty is not installed', async () => {
    const command = commandOf(lastOf(image.stage, 'CMD')).join(' ')
    await using gateway = await startImage({ NODE_ENV: 'development' }, [
      'script',
      '--quiet',
      '--flush',
      '--return',
      '--command',
      `exec ${command}`,
      '/dev/null',
    ])
    const messages = () => gateway.lines.map((line) => JSON.parse(line).msg)
    // Its first line comes before it listens.
    await expect.poll(messages).toContainEqual(expect.stringContaining('SANDBOX'))
    expect(messages()).toContainEqual(expect.stringContaining('pino-pretty is not installed'))
    expect(await namesOf(gateway.url)).toContain('payments')
  })

  test('says which Node it needs where an older one runs it', async () => {
    const other = join(folder, 'newer')
    await cp(image.workdir, other, { recursive: true })
    await writeFile(join(other, 'package.json'), '{ "type": "module", "engines": { "node": ">=99.1" } }')
    const child = endWithWorker(spawn('node', ['dist/main.js'], { cwd: other, env: image.environment }))
    const errors: string[] = []
    createInterface(child.stderr).on('line', (line) => errors.push(line))
    expect(await once(child, 'close')).toEqual([1, null])
    expect(errors).toEqual([`The gateway needs Node.js 99.1 or later; this is ${process.version}.`])
    // An older Node refuses the whole of a file for one thing in it that is new, so it must be given little.
    const main = await readFile(join(image.workdir, 'dist/main.js'), 'utf8')
    expect(main.match(/^import .*$/gm)).toEqual(['import { readFileSync } from "node:fs";'])
    expect(main.length).toBeLessThan(2_000)
  })

  test('can be the simulator by itself', async () => {
    await using simulator = await startImage({}, ['node', 'dist/simulator/main.js'])
    expect(simulator.lines[0]).toMatch(/^The simulated cloud listens on http:/)
    simulator.stop()
    expect(await simulator.exited).toBe(0)
  })
})

/** The image's CMD with the image's ENV, but on a port of its own and on the loopback alone. */
async function startImage(
  more: Readonly<Record<string, string>> = {},
  [command = '', ...args] = commandOf(lastOf(image.stage, 'CMD')),
) {
  const port = String(await freePort())
  const env = { ...image.environment, HOST: '127.0.0.1', PORT: port, SANDBOX: 'true', ...more }
  const child = endWithWorker(
    spawn(command, args, { cwd: image.workdir, env, stdio: ['ignore', 'pipe', 'pipe'] }),
  )
  const lines: string[] = []
  const errors: string[] = []
  createInterface(child.stderr).on('line', (line) => errors.push(line))
  const output = createInterface(child.stdout).on('line', (line) => lines.push(line))
  const exited = once(child, 'close').then(([code]) => code as number | null)
  await Promise.race([
    once(output, 'line'),
    exited.then((code) => Promise.reject(new Error(`ended with ${code}:\n${errors.join('\n')}`))),
  ])
  return {
    url: `http://127.0.0.1:${port}`,
    lines,
    errors,
    exited,
    stop: () => child.kill('SIGTERM'),
    healthCheck: async () => {
      const [check = '', ...rest] = commandOf(lastOf(image.stage, 'HEALTHCHECK'))
      const checking = endWithWorker(spawn(check, rest, { cwd: image.workdir, env, stdio: 'ignore' }))
      const [code] = await once(checking, 'close')
      return code as number | null
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

async function namesOf(url: string): Promise<readonly string[]> {
  const query = '{ vpcChannels(instanceId: "eddc4d25480b4cd6b512f270a1b8b341") { nodes { name } } }'
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data } = (await response.json()) as { data: { vpcChannels: { nodes: { name: string }[] } } }
  return data.vpcChannels.nodes.map(({ name }) => name)
}

/** What `npm sbom --omit dev --omit optional` lists, as `name@version`. */
async function productionPackages(): Promise<readonly string[]> {
  interface Locked {
    readonly version: string
    readonly dev?: true
    readonly optional?: true
    readonly devOptional?: true
  }
  const { packages } = JSON.parse(await readFile('package-lock.json', 'utf8'))
  return Object.entries<Locked>(packages)
    .filter(([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional)
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`)
}

async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(join(parentPath, name))))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}

const inMiB = (bytes: number): number => Math.round(bytes / 1024 / 1024)
