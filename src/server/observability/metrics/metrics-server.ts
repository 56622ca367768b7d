import { collectDefaultMetrics, Registry } from 'prom-client'
import { createLimitedServer, DEFAULT_HTTP_LIMITS } from '../../http/limited-server.ts'

export interface MetricsServer {
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface MetricsServerSettings {
  readonly host: string
  readonly port: number
}

/** A scrape that has begun when the process stops has this long to be answered. */
const LAST_SCRAPE_MS = 1_000

let ofProcess: Registry | undefined

/** The metrics of the process itself: memory, CPU, event loop. It has them once, however many gateways run in it. */
export function processMetrics(): Promise<string> {
  if (ofProcess === undefined) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess })
  }
  return ofProcess.metrics()
}

/** Listens for scrapes on a separate port, which callers of the gateway need not reach. */
export async function startMetricsServer(
  sources: readonly (() => Promise<string>)[],
  { host, port }: MetricsServerSettings,
): Promise<MetricsServer> {
  const server = createLimitedServer(DEFAULT_HTTP_LIMITS, async (request, response) => {
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
  return {
    url: `${await server.listen(port, host)}/metrics`,
    stop: () => server.close(LAST_SCRAPE_MS),
  }
}
