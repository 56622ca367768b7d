import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  circuitBreaker,
  handleWhen,
  SamplingBreaker,
  TaskCancelledError,
} from 'cockatiel'
import type { UpstreamClient } from './upstream-client.ts'
import { UpstreamFailure } from './upstream-failure.ts'

/** Calls in flight per upstream, and per caller of it. */
const IN_FLIGHT = 32
const IN_FLIGHT_PER_CALLER = 8
/** Calls that wait for a place, and how long they may. */
const QUEUE = 64
const LONGEST_WAIT_MS = 1_000

/** The breaker opens where half of at least 20 calls in 10 seconds failed, and tries one call after 5 seconds. */
const SAMPLE_MS = 10_000
const FEWEST_CALLS = 20
const HALF_OPEN_AFTER_MS = 5_000

type BreakerState = 'closed' | 'open' | 'half-open'

/** The breaker as it is now, and how many calls are in flight and waiting. */
export interface UpstreamState {
  readonly breaker: BreakerState
  readonly inFlight: number
  readonly queued: number
}

interface GuardedClient extends UpstreamClient {
  readonly state: () => UpstreamState
}

/** Keeps a failing or slow upstream from taking the gateway with it, and one caller from taking all its places. */
export function guardedClient(client: UpstreamClient): GuardedClient {
  const breaker = circuitBreaker(
    handleWhen((error) => isOutage(error)),
    {
      halfOpenAfter: HALF_OPEN_AFTER_MS,
      breaker: new SamplingBreaker({
        threshold: 0.5,
        duration: SAMPLE_MS,
        minimumRps: FEWEST_CALLS / (SAMPLE_MS / 1_000),
      }),
    },
  )
  const all = bulkhead(IN_FLIGHT, QUEUE)
  const byCaller = new Map<string, ReturnType<typeof bulkhead>>()

  return {
    ...client,
    async call(request, context) {
      const waiting = new AbortController()
      const mine = byCaller.get(context.token) ?? bulkhead(IN_FLIGHT_PER_CALLER, QUEUE)
      byCaller.set(context.token, mine)
      const timer = setTimeout(() => waiting.abort(), LONGEST_WAIT_MS)
      const begun = () => clearTimeout(timer)
      const cancelled = new Promise<never>((_, reject) => {
        waiting.signal.addEventListener('abort', () => reject(new TaskCancelledError()))
      })
      const call = breaker.execute(() =>
        mine.execute(
          () =>
            all.execute(() => {
              begun()
              return client.call(request, context)
            }, waiting.signal),
          waiting.signal,
        ),
      )
      try {
        return await Promise.race([call, cancelled])
      } catch (error) {
        call.catch(() => undefined)
        throw isRejection(error)
          ? new UpstreamFailure(
              'OVERLOADED',
              { service: client.service, operation: request.operation },
              { sent: false, cause: error },
            )
          : error
      } finally {
        clearTimeout(timer)
        if (mine.executionSlots === IN_FLIGHT_PER_CALLER) byCaller.delete(context.token)
      }
    },
    state: () => ({
      breaker: STATES[breaker.state] ?? 'closed',
      inFlight: IN_FLIGHT - all.executionSlots,
      queued: QUEUE - all.queueSlots,
    }),
  }
}

const STATES: Partial<Record<CircuitState, BreakerState>> = {
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
}

/** What counts against an upstream: that it cannot be reached or says so itself. Its refusals and faults do not. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof UpstreamFailure)) return false
  if (error.kind === 'REFUSED') return [502, 503, 504].includes(error.answer.status ?? 0)
  return ['UNREACHABLE', 'DISCONNECTED', 'TIMEOUT'].includes(error.kind)
}

const isRejection = (error: unknown): boolean =>
  error instanceof BrokenCircuitError ||
  error instanceof BulkheadRejectedError ||
  error instanceof TaskCancelledError
