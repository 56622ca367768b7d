import type { RequestListener } from 'node:http'
import { sharedSdl } from '../graphql/shared-sdl.ts'
import type { RefusedHead } from './client-error.ts'
import { createLimitedServer, DEFAULT_HTTP_LIMITS, type HttpLimits } from './limited-server.ts'
import { answerProbe, listenForProbes, type ProbedState } from './probes.ts'

/** An operation that began just before the server stops has until its deadline, and then this long to be answered. */
const RESPONSE_MARGIN_MS = 1_000

export interface HttpServer {
  readonly url: string
  /** The second listener, where probes have one. */
  readonly probeUrl: string | undefined
  /** Takes no new requests, lets those in flight end, then closes. */
  readonly stop: () => Promise<void>
}

export interface ListenSettings {
  readonly host: string
  readonly port: number
  /** Milliseconds that an operation may take, and that the server waits for those in flight when it stops. */
  readonly deadlineMs: number
  /** The port of a listener for probes alone; `undefined`: none. */
  readonly probePort?: number | undefined
  /** What `/ready` answers: whether there is a cloud, and the state of the upstreams. */
  readonly mode: string
  readonly upstream?: () => object
  /** Limits other than the usual ones. */
  readonly http?: Partial<HttpLimits>
  /** A request was refused before any of it could be read. */
  readonly onRefusedHead?: (refused: RefusedHead) => void
}

/** Listens for GraphQL and for the two questions of an orchestrator: `/health` (alive) and `/ready` (takes requests). */
export async function listen(
  graphql: RequestListener,
  {
    host,
    port,
    probePort,
    deadlineMs,
    mode,
    upstream = () => ({}),
    http = {},
    onRefusedHead,
  }: ListenSettings,
): Promise<HttpServer> {
  const limits = { ...DEFAULT_HTTP_LIMITS, ...http }
  let stopping = false
  const stateNow = (): ProbedState => ({ stopping, mode, upstream: upstream() })
  const server = createLimitedServer(
    limits,
    (request, response) => {
      if (!answerProbe(request, response, stateNow)) graphql(request, response)
    },
    sharedSdl,
    onRefusedHead,
  )
  const url = await server.listen(port, host)
  const probes = probePort === undefined ? undefined : await listenForProbes(host, probePort, stateNow)
  return {
    url,
    probeUrl: probes?.url,
    stop: async () => {
      stopping = true
      await server.close(deadlineMs + RESPONSE_MARGIN_MS)
      await probes?.stop()
    },
  }
}
