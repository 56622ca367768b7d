import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Contender } from './contenders.ts'
import { SERVER_CORE } from './cores.ts'
import { freePort } from './free-port.ts'
import { start } from './run-command.ts'
import { certificateFiles } from './upstream/certificate.ts'
import type { Exchange } from './workloads.ts'
import { HEADERS } from './wrk.ts'

/** A contender that answers. */
export interface RunningContender extends AsyncDisposable {
  readonly contender: Contender
  readonly pid: number
  readonly url: string
  /** Milliseconds from its start to its first answer. */
  readonly startedInMs: number
  /** The file with what it wrote to its standard error. */
  readonly errorFile: string
}

const STARTS_WITHIN_MS = 20_000
const BETWEEN_TRIES_MS = 2

/**
 * Starts a contender and waits until it answers what it has to.
 *
 * @throws {Error} where it ends, or answers anything else
 */
export async function startContender(
  contender: Contender,
  upstream: string,
  exchange: Exchange,
  directory: string,
  cores: string = SERVER_CORE,
): Promise<RunningContender> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const errorFile = `${directory}/${contender.name}-${port}.log`
  const command = contender.command(port, upstream)
  // Reading it costs at the start, so it is set only where it is needed.
  const trust = upstream.startsWith('https:') && {
    NODE_EXTRA_CA_CERTS: certificateFiles(directory).certificate,
  }
  const startedAt = performance.now()
  const server = start({ ...command, env: { ...command.env, ...trust }, cores }, errorFile)
  try {
    while (!(await answers(url, exchange))) {
      if (server.exitCode() !== null || performance.now() - startedAt > STARTS_WITHIN_MS) {
        throw new Error(`${contender.title} does not start:\n${readFileSync(errorFile, 'utf8')}`)
      }
      await setTimeout(BETWEEN_TRIES_MS)
    }
    const startedInMs = performance.now() - startedAt
    await checkAnswer(url, exchange)
    return {
      contender,
      pid: server.pid,
      url,
      startedInMs,
      errorFile,
      [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
    }
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
}

const ask = (url: string, { method, path, bodies: [body = ''] }: Exchange): Promise<Response> =>
  fetch(url + path, { method, headers: HEADERS, ...(body !== '' && { body }) })

const answers = (url: string, exchange: Exchange): Promise<boolean> =>
  ask(url, exchange).then(
    async (response) => {
      await response.arrayBuffer()
      return true
    },
    () => false,
  )

/** Whether the answer is the expected one, whole; answers its length in bytes. */
export async function checkAnswer(url: string, exchange: Exchange): Promise<number> {
  const response = await ask(url, exchange)
  const text = await response.text()
  if (response.status !== exchange.status || !isDeepStrictEqual(JSON.parse(text), exchange.answer)) {
    throw new Error(
      `wrong answer, ${response.status}:\n${text}\ninstead of ${exchange.status}:\n${JSON.stringify(exchange.answer)}`,
    )
  }
  return Buffer.byteLength(text)
}
