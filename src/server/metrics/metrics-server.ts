import { once } from 'node:events'
import { createServer } from 'node:http'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { urlOf } from '../http-server.ts'

export interface MetricsServer {
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface MetricsServerSettings {
  readonly host: string
  readonly port: number
}

let ofProcess: Registry | undefined

/** The metrics of the process itself: memory, CPU, event loop. It has them once, however many gateways run in it. */
export function processMetrics(): Promise<string> {
  if (ofProcess === undefined) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess })
  }
  return ofProcess.metrics()
}

/** Listens for scrapes on a port of its own, which callers of the gateway need not reach. */
export async function listenForScrapes(
  sources: readonly (() => Promise<string>)[],
  { host, port }: MetricsServerSettings,
): Promise<MetricsServer> {
  const server = createServer(async (request, response) => {
    const path = request.url?.split('?', 1)[0]
    if (request.method !== 'GET' || path !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    try {
      const parts = await Promise.all(sources.map((source) => source()))
      response.writeHead(200, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(parts.join('\n'))
    } catch {
      response.writeHead(500).end()
    }
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    url: `${urlOf(server)}/metrics`,
    stop: async () => {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
