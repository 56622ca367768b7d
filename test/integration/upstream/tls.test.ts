import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { SecureVersion, TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { startProxy } from '../../support/start-proxy.ts'
import { ok, type RawServer, startRawServer } from './raw-server.ts'

const CLIENT = fileURLToPath(new URL('./tls-client.ts', import.meta.url))
const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/tls/${name}`, import.meta.url))
const TRUSTING = { NODE_EXTRA_CA_CERTS: fixture('ca.pem') }
const LONG = 'long é '.repeat(30_000)

/** What a process of its own makes of the answers to requests for these paths, one after the other. */
async function ask(url: string, paths: readonly string[], env: NodeJS.ProcessEnv): Promise<unknown> {
  const run = promisify(execFile)(process.execPath, [CLIENT, url, ...paths], { env, maxBuffer: 10_000_000 })
  return JSON.parse((await run).stdout)
}

interface SecureServer extends AsyncDisposable, Pick<RawServer, 'url' | 'requests' | 'connections'> {
  /** Of each request its connection, and whether that had resumed a session. */
  readonly resumed: readonly (readonly [connection: number, isResumed: boolean])[]
}

async function startSecureServer(version: SecureVersion, host = 'localhost'): Promise<SecureServer> {
  const resumed: (readonly [number, boolean])[] = []
  const tls = {
    cert: readFileSync(fixture(`${host}.pem`)),
    key: readFileSync(fixture('key.pem')),
    minVersion: version,
    maxVersion: version,
  }
  const server = await startRawServer(
    ({ path, connection: { number, socket } }) => {
      resumed.push([number, (socket as TLSSocket).isSessionReused()])
      if (path === '/long') return ok(LONG)
      return path === '/closing' ? ok(path, 'connection: close') : ok(path)
    },
    { tls },
  )
  return { ...server, resumed }
}

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('%s', (version) => {
  test('requests are answered; another connection resumes the session', async () => {
    await using server = await startSecureServer(version)
    const paths = ['/a', '/long', '/closing', '/b', '/closing', '/c']
    const answers = paths.map((path) => [200, path === '/long' ? LONG : path])
    expect(await ask(server.url, paths, TRUSTING)).toEqual(answers)
    expect(server.requests.map(({ path }) => path)).toEqual(paths)
    expect(server.connections.length).toBeGreaterThanOrEqual(3)
    for (const [connection, isResumed] of server.resumed) expect(isResumed).toBe(connection > 1)
  })

  // Node tells late that what was written over TLS has gone: answers may come sooner.
  test('requests go over one connection, however soon they are answered', async () => {
    await using server = await startSecureServer(version)
    const paths = Array.from({ length: 50 }, (_, index) => `/${index}`)
    const url = server.url.replace('127.0.0.1', 'localhost')
    expect(await ask(url, paths, TRUSTING)).toEqual(paths.map((path) => [200, path]))
    expect(server.connections).toHaveLength(1)
  })
})

test.each([
  ['that nobody trusted vouches for', 'localhost', {}, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['of another host', 'elsewhere.example', TRUSTING, 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('to a server with a certificate %s nothing is sent', async (_whose, host, env, code) => {
  await using server = await startSecureServer('TLSv1.3', host)
  const refused = { reason: 'CONNECTION', sent: false, code }
  expect(await ask(server.url, ['/a', '/b'], env)).toEqual([refused, refused])
  expect(server.requests).toEqual([])
  expect(server.connections.map(({ received }) => received).join('')).toBe('')
})

test('a body until the close is no answer where the tunnel of a proxy is reset', async () => {
  const tls = { cert: readFileSync(fixture('localhost.pem')), key: readFileSync(fixture('key.pem')) }
  await using proxy = await startProxy()
  await using server = await startRawServer(
    ({ path, connection: { socket } }) => {
      if (path === '/whole') socket.end('HTTP/1.1 200 OK\r\n\r\nwhole')
      // The proxy passes on what it has read before it resets.
      else socket.write('HTTP/1.1 200 OK\r\n\r\ncut', () => setImmediate(() => setImmediate(proxy.reset)))
      return undefined
    },
    { tls },
  )
  const answers = await ask(server.url, ['/whole', '/cut'], { ...TRUSTING, HTTPS_PROXY: proxy.url })
  expect(answers).toEqual([[200, 'whole'], { reason: 'CONNECTION', sent: true }])
  const { host } = new URL(server.url)
  expect(proxy.asked).toEqual([`CONNECT ${host}`, `CONNECT ${host}`])
})

test('to a server without TLS nothing is sent', async () => {
  await using server = await startRawServer(() => undefined)
  const connected = expect.poll(() => server.connections).toHaveLength(1)
  const asked = ask(server.url.replace('http:', 'https:'), ['/a'], TRUSTING)
  await connected
  // What is no handshake to it, it answers as a server of HTTP does.
  server.connections[0]!.socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n')
  expect(await asked).toEqual([
    { reason: 'CONNECTION', sent: false, code: expect.stringMatching(/^ERR_SSL_/) },
  ])
  expect(server.requests).toEqual([])
})
