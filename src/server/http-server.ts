import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

const HEADERS_MS = 10_000
const REQUEST_MS = 30_000
const HEADER_BYTES = 16 * 1024
/** How long requests in flight may take to end once the server is told to stop. */
const DRAIN_MS = 25_000

export interface HttpServer {
  readonly url: string
  /** Takes no new requests, lets those in flight end, then closes. */
  readonly stop: () => Promise<void>
}

/** Listens for GraphQL and for the two questions of an orchestrator: `/health` (alive) and `/ready` (takes requests). */
export async function listen(graphql: RequestListener, host: string, port: number): Promise<HttpServer> {
  let stopping = false
  const unanswered = new Set<ServerResponse>()
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, maxHeaderSize: HEADER_BYTES },
    (request, response) => {
      unanswered.add(response)
      response.once('close', () => unanswered.delete(response))
      if (stopping) response.setHeader('connection', 'close')
      if (request.url === '/health') response.writeHead(200, NO_CACHE).end('ok\n')
      else if (request.url === '/ready') {
        response.writeHead(stopping ? 503 : 200, NO_CACHE).end(stopping ? 'stopping\n' : 'ready\n')
      } else graphql(request, response)
    },
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    url: urlOf(server),
    stop: async () => {
      stopping = true
      const closed = new Promise((resolve) => server.close(resolve))
      for (const response of unanswered) {
        // Its connection would stay open for more requests otherwise.
        if (!response.headersSent) response.setHeader('connection', 'close')
      }
      const lastResort = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
      await closed
      clearTimeout(lastResort)
    },
  }
}

const NO_CACHE = { 'content-type': 'text/plain', 'cache-control': 'no-store' }

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`
}
