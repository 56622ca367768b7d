import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startProcess } from '../../support/start-process.ts'
import { bodyOf, head, JSON_TYPE, openSocket } from '../security/requests.ts'

const CONNECTIONS = 40
/** The attack asks for 12,000 answers of 35 KB, or 40 pages of 9 MB. */
const MAX_GROWTH = 100_000_000

const FLAGS = ['--max-old-space-size=200']

/** Bytes of memory that a process takes. */
const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024

/** A client that never reads. */
function openDeaf(url: string, text: string) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.on('error', () => {})
  socket.pause()
  const written = new Promise<void>((resolve) => {
    socket.write(text, () => resolve())
    socket.once('close', () => resolve())
  })
  return { written, [Symbol.dispose]: () => void socket.destroy() }
}

async function attack(settings: Readonly<Record<string, string>>, request: string, times: number) {
  await using gateway = startProcess(settings, undefined, FLAGS)
  const url = await gateway.url()
  const first = openSocket(url)
  await first.write(request)
  await expect.poll(() => first.received.length).toBeGreaterThan(30_000)
  first[Symbol.dispose]()
  const before = residentBytes(gateway.pid)
  const deaf = Array.from({ length: CONNECTIONS }, () => openDeaf(url, request.repeat(times)))
  await Promise.all(deaf.map(({ written }) => written))
  const health = url.replace('/graphql', '/health')
  // By its third answer, which comes last, all that was asked before has been served.
  for (let count = 0; count < 3; count += 1) expect((await fetch(health)).status).toBe(200)
  const after = residentBytes(gateway.pid)
  for (const one of deaf) one[Symbol.dispose]()
  expect(after - before).toBeLessThan(MAX_GROWTH)
}

const SDL = bodyOf('{ _service { sdl } }')
const askForSdl = head({ 'content-type': JSON_TYPE, 'content-length': String(Buffer.byteLength(SDL)) }) + SDL
const askForPage = head({ accept: 'text/html' }, 'GET /graphql HTTP/1.1')

test('thousands of answers that are asked for ahead and never read do not fill the memory', async () => {
  const settings = { NODE_ENV: 'production', APIG_ENDPOINT: 'http://127.0.0.1:9' }
  await attack(settings, askForSdl, 300)
})

test('pages that are never read are one buffer', async () => {
  await attack({}, askForPage, 1)
})
