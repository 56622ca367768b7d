import {
  createServer,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type RequestListener,
  ServerResponse,
} from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { ClientConnections } from './client-connections.ts'
import { answerClientError, type RefusedHead } from './client-error.ts'
import { hasOneHost } from './host.ts'
import { type HttpRefusal, refusalBody } from './http-refusal.ts'
import { requestIdOf } from './request-id.ts'
import { RequestSecrets } from './request-secrets.ts'
import { LONG_TEXT, type SharedText } from './shared-text.ts'

/** What a connection may take before it is closed. */
export interface HttpLimits {
  /** Milliseconds until a request's headers have come, and all of it. */
  readonly headersMs: number
  readonly requestMs: number
  /** Milliseconds for a client to take an answer. */
  readonly responseMs: number
  /** Milliseconds that a connection stays open between requests: longer than a load balancer in front keeps it. */
  readonly keepAliveMs: number
  readonly headerBytes: number
  /** Connections open at once: more are closed at once. */
  readonly connections: number
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  responseMs: 30_000,
  keepAliveMs: 65_000,
  // A token of 32 KB, and what browsers and proxies add.
  headerBytes: 48 * 1024,
  connections: 10_000,
}

/** Node looks for late requests only so often, by itself every 30 s. */
const MAX_LATE_MS = 1_000

export interface LimitedServer {
  /** Resolves with the URL at which it listens. */
  readonly listen: (port: number, host: string) => Promise<string>
  /** Ends idle connections and half-received requests at once, lets whole requests be answered, and closes. */
  readonly close: (mostMs: number) => Promise<void>
}

/**
 * An HTTP server that serves one request after the other on each connection. Node would serve all that a client sends ahead
 * at once, and hold all the answers. Here one request waits for the answer before it to leave; a client that sends more ahead
 * loses the connection, as HTTP allows (RFC 9112, 9.3.2). Browsers, HTTP clients and load balancers send none ahead.
 */
export function createLimitedServer(
  limits: HttpLimits,
  listener: RequestListener,
  shared?: SharedText,
  onRefusedHead: (refused: RefusedHead) => void = () => undefined,
): LimitedServer {
  const connections = new ClientConnections(limits.responseMs)
  let isClosing = false

  class Answer extends ServerResponse {
    override assignSocket(socket: Socket): void {
      super.assignSocket(socket)
      connections.get(socket)?.begin(this)
    }

    override detachSocket(socket: Socket): void {
      super.detachSocket(socket)
      connections.get(socket)?.end()
      if (isClosing) socket.end()
    }

    /** An answer that is given while the server closes is the last one on its connection. */
    override writeHead(status: number, reason?: string, headers?: Headers): this
    override writeHead(status: number, headers?: Headers): this
    override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
      if (isClosing) this.setHeader('connection', 'close')
      return typeof reason === 'string'
        ? super.writeHead(status, reason, headers)
        : super.writeHead(status, reason)
    }

    override write(chunk: unknown, encoding?: unknown, done?: unknown): boolean {
      const last = this.#writeShared(chunk)
      return super.write(last, encoding as BufferEncoding, done as () => void)
    }

    override end(chunk?: unknown, encoding?: unknown, done?: unknown): this {
      const last = this.#writeShared(chunk)
      return super.end(last, encoding as BufferEncoding, done as () => void)
    }

    /** Writes a text that contains the shared one but for its last piece, and returns that. */
    #writeShared(chunk: unknown): unknown {
      if (shared === undefined || typeof chunk !== 'string' || chunk.length < LONG_TEXT) return chunk
      const pieces = shared.split(chunk)
      for (const piece of pieces.slice(0, -1)) super.write(piece)
      return pieces.at(-1)
    }
  }

  const serve: RequestListener = (request, response) => {
    if (hasOneHost(request.rawHeaders)) return listener(request, response)
    const requestId = requestIdOf(request.headers['x-request-id'], new RequestSecrets(request.headers))
    const body = refusalBody(TWO_HOSTS, requestId)
    const headers = { 'x-request-id': requestId, 'content-length': body.length }
    response.writeHead(TWO_HOSTS.status, { ...REFUSAL_HEADERS, ...headers }).end(body)
  }

  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      maxHeaderSize: limits.headerBytes,
      connectionsCheckingInterval: Math.min(MAX_LATE_MS, limits.headersMs),
      ServerResponse: Answer,
    },
    (request, response) => {
      // Node gives an answer its socket when the one before it has left.
      if (response.socket !== null) return serve(request, response)
      const connection = connections.get(request.socket)
      if (connection === undefined || connection.next !== undefined) request.socket.destroy()
      else connection.next = () => serve(request, response)
    },
  )
  server.maxConnections = limits.connections
  server.on('clientError', (error, socket) => {
    const refused = answerClientError(error, socket as Socket, limits.headerBytes)
    if (refused !== undefined) onRefusedHead(refused)
  })
  server.on('connection', (socket) => connections.add(socket))
  return {
    listen: async (port, host) => {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, host, resolve)
      })
      return urlOf(server.address() as AddressInfo)
    },
    close: async (mostMs) => {
      isClosing = true
      const closed = new Promise((resolve) => server.close(resolve))
      connections.endIdle()
      const lastResort = setTimeout(() => server.closeAllConnections(), mostMs)
      await closed
      clearTimeout(lastResort)
      connections.stop()
    },
  }
}

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[]

const TWO_HOSTS: HttpRefusal = { status: 400, message: 'The request has more than one Host header.' }

const REFUSAL_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  connection: 'close',
}

const urlOf = ({ address, family, port }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
