import type { IncomingMessage, ServerResponse } from 'node:http'
import { createLimitedServer, DEFAULT_HTTP_LIMITS, type HttpLimits } from './limited-server.ts'
import { requestIdOf } from './request-id.ts'
import { RequestSecrets } from './request-secrets.ts'

/** What an orchestrator may ask about. */
export interface ProbedState {
  readonly stopping: boolean
  readonly mode: string
  readonly upstream: object
}

interface Probe {
  readonly status: number
  readonly body: object
}

/** `/health` answers as long as the process can; `/ready` until the process stops. The state of the cloud changes neither. */
function probeOf(url: string | undefined, stateNow: () => ProbedState): Probe | undefined {
  if (url === '/health') return { status: 200, body: { status: 'ok' } }
  if (url !== '/ready') return undefined
  const { stopping, mode, upstream } = stateNow()
  return {
    status: stopping ? 503 : 200,
    body: { status: stopping ? 'stopping' : 'ready', mode, upstream },
  }
}

const HEADERS = { 'content-type': 'application/json', 'cache-control': 'no-store' }

/** Answers `/health` (alive) and `/ready` (takes requests); `false` for whatever else is asked. */
export function answerProbe(
  request: IncomingMessage,
  response: ServerResponse,
  stateNow: () => ProbedState,
): boolean {
  const probe = probeOf(request.url, stateNow)
  if (probe === undefined) return false
  const requestId = requestIdOf(request.headers['x-request-id'], new RequestSecrets(request.headers))
  response
    .writeHead(probe.status, { ...HEADERS, 'x-request-id': requestId })
    .end(`${JSON.stringify(probe.body)}\n`)
  return true
}

/** Probes are few and come from the orchestrator; a connection each is enough, and none lasts long. */
const LIMITS: HttpLimits = {
  ...DEFAULT_HTTP_LIMITS,
  headersMs: 5_000,
  requestMs: 5_000,
  responseMs: 5_000,
  keepAliveMs: 5_000,
  connections: 100,
}

/** Listens for probes alone: callers who fill the other port's connections, or its queue of new ones, are not in their way. */
export async function listenForProbes(host: string, port: number, stateNow: () => ProbedState) {
  const server = createLimitedServer(LIMITS, (request, response) => {
    if (!answerProbe(request, response, stateNow)) response.writeHead(404).end()
  })
  const url = await server.listen(port, host)
  return { url, stop: () => server.close(0) }
}
