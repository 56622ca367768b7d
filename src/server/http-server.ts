import {
  createServer,
  type OutgoingHttpHeader,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
  ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerProbe, listenForProbes, type ProbedState } from './probes.ts'

/** What a connection may take before it is closed. */
export interface HttpLimits {
  /** Milliseconds until a request's headers have come, and all of it. */
  readonly headersMs: number
  readonly requestMs: number
  /** Milliseconds that a connection stays open between requests: longer than a load balancer in front keeps it. */
  readonly keepAliveMs: number
  readonly headerBytes: number
  /** Connections open at once: more are closed at once. */
  readonly connections: number
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  keepAliveMs: 65_000,
  headerBytes: 16 * 1024,
  connections: 10_000,
}

/** Node looks for late requests only so often, by itself every 30 s. */
const MOST_LATE_MS = 1_000

/** An operation that began just before the server was told to stop has until its deadline, and then this to be answered. */
const LAST_WORD_MS = 1_000

export interface HttpServer {
  readonly url: string
  /** Where probes have a listener of their own. */
  readonly probeUrl: string | undefined
  /** Takes no new requests, lets those in flight end, then closes. */
  readonly stop: () => Promise<void>
}

export interface ListenSettings {
  readonly host: string
  readonly port: number
  /** Milliseconds that an operation may take: so long are those in flight waited for when the server stops. */
  readonly deadlineMs: number
  /** The port of a listener for probes alone; `undefined`: none. */
  readonly probePort?: number | undefined
  /** What `/ready` tells: whether there is a cloud, and the state of the upstreams. */
  readonly mode: string
  readonly upstream?: () => object
  /** Limits other than the usual ones. */
  readonly http?: Partial<HttpLimits>
}

/** Listens for GraphQL and for the two questions of an orchestrator: `/health` (alive) and `/ready` (takes requests). */
export async function listen(
  graphql: RequestListener,
  { host, port, probePort, deadlineMs, mode, upstream = () => ({}), http = {} }: ListenSettings,
): Promise<HttpServer> {
  const limits = { ...DEFAULT_HTTP_LIMITS, ...http }
  let stopping = false
  const stateNow = (): ProbedState => ({ stopping, mode, upstream: upstream() })
  /** An answer that is given while the server stops is the last one on its connection. */
  class Answer extends ServerResponse {
    override writeHead(status: number, reason?: string, headers?: Headers): this
    override writeHead(status: number, headers?: Headers): this
    override writeHead(status: number, reason?: string | Headers, headers?: Headers): this {
      if (stopping) this.setHeader('connection', 'close')
      return typeof reason === 'string'
        ? super.writeHead(status, reason, headers)
        : super.writeHead(status, reason)
    }
  }
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.requestMs,
      keepAliveTimeout: limits.keepAliveMs,
      maxHeaderSize: limits.headerBytes,
      connectionsCheckingInterval: Math.min(MOST_LATE_MS, limits.headersMs),
      ServerResponse: Answer,
    },
    (request, response) => {
      if (!answerProbe(request, response, stateNow)) graphql(request, response)
    },
  )
  server.maxConnections = limits.connections
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const probes = probePort === undefined ? undefined : await listenForProbes(host, probePort, stateNow)
  return {
    url: urlOf(server),
    probeUrl: probes && urlOf(probes.server),
    stop: async () => {
      stopping = true
      const closed = new Promise((resolve) => server.close(resolve))
      const lastResort = setTimeout(() => server.closeAllConnections(), deadlineMs + LAST_WORD_MS)
      await closed
      clearTimeout(lastResort)
      await probes?.stop()
    },
  }
}

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[]

/** Where a server listens. */
export function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
