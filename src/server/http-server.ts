import type { RequestListener } from 'node:http'
import { createLimitedServer, DEFAULT_HTTP_LIMITS, type HttpLimits } from './http/limited-server.ts'
import { requestIdOf } from './request-id.ts'
import { sharedSdl } from './shared-sdl.ts'

/** An operation that began just before the server was told to stop has until its deadline, and then this to be answered. */
const LAST_WORD_MS = 1_000

export interface HttpServer {
  readonly url: string
  /** Takes no new requests, lets those in flight end, then closes. */
  readonly stop: () => Promise<void>
}

export interface ListenSettings {
  readonly host: string
  readonly port: number
  /** Milliseconds that an operation may take: so long are those in flight waited for when the server stops. */
  readonly deadlineMs: number
  /** The state of the upstreams, for `/ready` to tell. */
  readonly upstream?: () => object
  /** Limits other than the usual ones. */
  readonly http?: Partial<HttpLimits>
}

/** Listens for GraphQL and for the two questions of an orchestrator: `/health` (alive) and `/ready` (takes requests). */
export async function listen(
  graphql: RequestListener,
  { host, port, deadlineMs, upstream = () => ({}), http = {} }: ListenSettings,
): Promise<HttpServer> {
  const limits = { ...DEFAULT_HTTP_LIMITS, ...http }
  let stopping = false
  const server = createLimitedServer(
    limits,
    (request, response) => {
      const probe = probeOf(request.url, stopping, upstream)
      if (probe === undefined) graphql(request, response)
      else {
        const requestId = requestIdOf(request.headers['x-request-id'])
        response
          .writeHead(probe.status, { ...PROBE_HEADERS, 'x-request-id': requestId })
          .end(`${JSON.stringify(probe.body)}\n`)
      }
    },
    sharedSdl,
  )
  const url = await server.listen(port, host)
  return {
    url,
    stop: async () => {
      stopping = true
      await server.close(deadlineMs + LAST_WORD_MS)
    },
  }
}

const PROBE_HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' }

interface Probe {
  readonly status: number
  readonly body: object
}

/** Alive as long as it can answer at all; ready until it is told to stop, whatever the cloud does. */
function probeOf(url: string | undefined, stopping: boolean, upstream: () => object): Probe | undefined {
  if (url === '/health') return { status: 200, body: { status: 'ok' } }
  if (url !== '/ready') return undefined
  return {
    status: stopping ? 503 : 200,
    body: { status: stopping ? 'stopping' : 'ready', upstream: upstream() },
  }
}
