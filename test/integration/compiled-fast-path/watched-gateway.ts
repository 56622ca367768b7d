import { Pool } from 'undici'
import { DEFAULT_LIMITS, type Limits } from '../../../src/upstream/client/limits.ts'
import { type GatewayOptions, startGateway, type TestGateway } from '../../support/start-gateway.ts'

/** No breaker, no queue that is full, no limit of time: whatever happens to one operation is nothing to the others. */
const PATIENT: Partial<Limits> = {
  fewestCalls: 1_000_000,
  inFlight: 1_000,
  inFlightPerCaller: 1_000,
  queue: 10_000,
  retryWaitMs: 0,
  queueMs: 60_000,
  connectMs: 60_000,
  headersMs: 60_000,
  bodyMs: 60_000,
  deadlineMs: 60_000,
}

export interface Sent {
  readonly method?: 'GET' | 'POST'
  readonly path?: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

export interface WatchedGateway extends TestGateway {
  /** How often an operation was given a context: compiled, and by graphql-js. */
  readonly contexts: { readonly compiled: number; readonly byGraphqlJs: number }
  readonly ask: (sent: Sent) => Promise<Reply>
}

/**
 * A gateway that tells which way operations are executed. Every context asks how long an operation may take, and who asks
 * can be seen there from the call stack: the gateway itself has nothing for it.
 */
export async function startWatchedGateway(options: GatewayOptions): Promise<WatchedGateway> {
  const contexts = { compiled: 0, byGraphqlJs: 0 }
  const limits = { ...DEFAULT_LIMITS, ...PATIENT, ...options.limits }
  const watched = Object.defineProperty({ ...limits }, 'deadlineMs', {
    get() {
      const isCompiled = (new Error('who asks').stack ?? '').includes('executeCompiled')
      contexts[isCompiled ? 'compiled' : 'byGraphqlJs'] += 1
      return limits.deadlineMs
    },
  })
  const gateway = await startGateway({ ...options, limits, broken: { limits: watched } })
  const { origin } = new URL(gateway.url)
  const pool = new Pool(origin, { connections: 32 })
  return {
    ...gateway,
    contexts,
    ask: async ({ method = 'POST', path = '/graphql', headers, body }) => {
      const answer = await pool.request({ method, path, headers, ...(body !== undefined && { body }) })
      return { status: answer.statusCode, headers: answer.headers, text: await answer.body.text() }
    },
    async [Symbol.asyncDispose]() {
      await pool.close()
      await gateway[Symbol.asyncDispose]()
    },
  }
}
