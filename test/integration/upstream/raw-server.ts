import { type AddressInfo, createServer, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import type { AbortSignalLike } from '../../../src/lib/abort-signal.ts'
import { ByteBudget } from '../../../src/upstream/http/byte-budget.ts'
import { ConnectionPool } from '../../../src/upstream/http/connection-pool.ts'
import {
  type ExchangeLimits,
  exchange,
  type HttpRequest,
  type HttpResponse,
} from '../../../src/upstream/http/exchange.ts'

export interface RawConnection {
  /** From 1, in the order in which they came. */
  readonly number: number
  readonly socket: Socket
  /** All that came on it, as latin1. */
  received: string
  /** Its client has closed it. */
  readonly closed: Promise<unknown>
}

export interface RawRequest {
  readonly connection: RawConnection
  readonly path: string
  /** All of its bytes, as latin1. */
  readonly text: string
}

export interface RawServer extends AsyncDisposable {
  readonly url: string
  readonly connections: readonly RawConnection[]
  readonly requests: readonly RawRequest[]
}

export const ok = (body: string, ...fields: string[]): string =>
  ['HTTP/1.1 200 OK', `content-length: ${Buffer.byteLength(body)}`, ...fields, '', body].join('\r\n')

/**
 * A server that sees bytes, and answers each request with those that the test says, if any. Requests are told apart by the
 * lengths that they announce.
 */
export async function startRawServer(
  answering: (request: RawRequest) => string | Buffer | undefined,
  { host = '127.0.0.1', tls }: { readonly host?: string; readonly tls?: TlsOptions } = {},
): Promise<RawServer> {
  const connections: RawConnection[] = []
  const requests: RawRequest[] = []
  const accept = (socket: Socket): void => {
    const closed = new Promise((resolve) => socket.once('close', resolve))
    const connection: RawConnection = { number: connections.length + 1, socket, received: '', closed }
    connections.push(connection)
    let rest = ''
    socket.setEncoding('latin1')
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.on('data', (text: string) => {
      connection.received += text
      rest += text
      for (let end = endOf(rest); end > 0; end = endOf(rest)) {
        const request = { connection, path: rest.split(' ')[1] ?? '', text: rest.slice(0, end) }
        rest = rest.slice(end)
        requests.push(request)
        const answer = answering(request)
        if (answer !== undefined) socket.write(answer)
      }
    })
  }
  const server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    connections,
    requests,
    async [Symbol.asyncDispose]() {
      for (const { socket } of connections) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Where the first request of a text ends; 0 where it does not. */
function endOf(text: string): number {
  const head = text.indexOf('\r\n\r\n')
  if (head < 0) return 0
  const length = Number(/\r\ncontent-length: (\d+)\r\n/.exec(text.slice(0, head + 2))?.[1] ?? 0)
  const end = head + 4 + length
  return end > text.length ? 0 : end
}

const LIMITS: ExchangeLimits = {
  headersMs: 500_000,
  bodyMs: 500_000,
  totalMs: 500_000,
  bodyBytes: 100_000,
  budget: new ByteBudget(10_000_000),
}

type Getting = (
  path: string,
  limits?: Partial<ExchangeLimits>,
  signal?: AbortSignalLike,
) => Promise<HttpResponse>

export interface RawClient extends AsyncDisposable {
  readonly pool: ConnectionPool
  /** Answers as soon as the exchange does. */
  readonly getAtOnce: Getting
  /** Answers when the connection has had time to be there for another request. */
  readonly get: Getting
  readonly send: (request: HttpRequest, limits?: Partial<ExchangeLimits>) => Promise<HttpResponse>
}

/** Some turns of the event loop later: what comes on a connection just after an answer is known then. */
async function rested<Value>(value: Value): Promise<Value> {
  for (let turns = 0; turns < 4; turns += 1) await new Promise((resolve) => setImmediate(resolve))
  return value
}

/** Makes exchanges over connections of its own. */
export function clientOf(url: string, connectMs = 5_000): RawClient {
  const pool = new ConnectionPool(new URL(url), { connectMs, maxHeaderBytes: 16_384 })
  const getAtOnce: Getting = (path, limits, signal) =>
    exchange(pool, { method: 'GET', path, headers: {} }, { ...LIMITS, ...limits }, signal)
  return {
    pool,
    getAtOnce,
    get: (path, limits, signal) => getAtOnce(path, limits, signal).then(rested),
    send: (request, limits) => exchange(pool, request, { ...LIMITS, ...limits }).then(rested),
    [Symbol.asyncDispose]: () => pool.close(),
  }
}
