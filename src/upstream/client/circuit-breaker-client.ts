import { BrokenCircuitError, CircuitState, circuitBreaker, handleWhen } from 'cockatiel'
import { NO_RESPONSE, UpstreamFailure } from '../upstream-failure.ts'
import { AcceptedTokens } from './accepted-tokens.ts'
import { Bulkhead, BulkheadFull } from './bulkhead.ts'
import { type Credentials, type RequestCredentials, tokenDigest } from './credentials.ts'
import { FailureRateWindow } from './failure-rate-window.ts'
import type { Limits } from './limits.ts'
import type { UpstreamClient } from './upstream-client.ts'

type BreakerState = 'closed' | 'open' | 'half-open'

/** The breaker as it is now, and how many calls are in flight and waiting. */
export interface UpstreamState {
  readonly breaker: BreakerState
  readonly inFlight: number
  readonly queued: number
}

interface CircuitBreakerClient<Context> extends UpstreamClient<Context> {
  readonly state: () => UpstreamState
}

interface GuardedContext {
  readonly caller: string
  readonly credentials: Credentials | RequestCredentials
}

/** Unknown tokens count as one caller: a hundred invented tokens get no more of the bulkhead than one. */
const UNKNOWN_TOKENS = 'unknown tokens'

/**
 * Keeps a failing or slow upstream from exhausting the gateway, and one caller from filling the upstream's bulkhead.
 *
 * @param accepted is shared by the services of one cloud
 */
export function circuitBreakerClient<Context extends GuardedContext>(
  client: UpstreamClient<Context>,
  limits: Limits,
  accepted = new AcceptedTokens(),
): CircuitBreakerClient<Context> {
  const window = new FailureRateWindow(limits)
  const breaker = circuitBreaker(
    handleWhen((error) => isOutage(error)),
    { halfOpenAfter: limits.halfOpenAfterMs, breaker: window },
  )
  let openedAt = 0
  breaker.onBreak(() => {
    openedAt = Date.now()
  })
  const bulkhead = new Bulkhead(limits)

  /** Whether a call is refused without waiting in the bulkhead: also while another call probes a half-open breaker. */
  const isShut = (): boolean =>
    breaker.state === CircuitState.HalfOpen ||
    (breaker.state === CircuitState.Open && Date.now() - openedAt < limits.halfOpenAfterMs)

  /** Milliseconds until the breaker tries a call; while one is being tried, the length of a whole pause. */
  const pauseMs = (): number => {
    const remaining = openedAt + limits.halfOpenAfterMs - Date.now()
    return remaining > 0 ? remaining : limits.halfOpenAfterMs
  }

  function countSuccess(): void {
    if (breaker.state === CircuitState.Closed) window.success(CircuitState.Closed)
  }

  /** The breaker is asked only where there is something to decide: that is cheaper than going through it every time. */
  async function countFailure(error: unknown): Promise<void> {
    if (!isOutage(error)) countSuccess()
    else if (breaker.state === CircuitState.Closed) await breaker.execute(() => Promise.reject(error))
  }

  /** The one call of a breaker that is half open. */
  async function tryOut<Success>(call: () => Promise<Success>): Promise<Success> {
    const outcome = await breaker.execute(() =>
      call().then(
        (success) => ({ success }),
        (error: unknown) => {
          if (isOutage(error)) throw error
          // A success for the breaker: the service has answered.
          return { error }
        },
      ),
    )
    if ('error' in outcome) throw outcome.error
    return outcome.success
  }

  /** The caller that a call counts for in the bulkhead. */
  const bulkheadCaller = (caller: string, digest: string | undefined): string => {
    if (digest === undefined) return caller
    return accepted.has(digest) ? digest : UNKNOWN_TOKENS
  }

  return {
    ...client,
    async call(request, context) {
      const digest = callersDigest(context)
      const caller = bulkheadCaller(context.caller, digest)
      let hasSlot = false
      try {
        if (isShut()) throw new BrokenCircuitError()
        const acquired = bulkhead.acquire(caller)
        if (acquired !== undefined) await acquired
        hasSlot = true
        // The breaker counts calls that are made, so it is asked after the bulkhead.
        if (isShut()) throw new BrokenCircuitError()
        if (breaker.state !== CircuitState.Closed) return await tryOut(() => client.call(request, context))
        try {
          const success = await client.call(request, context)
          countSuccess()
          if (digest !== undefined) accepted.succeeded(digest)
          return success
        } catch (error) {
          if (digest !== undefined) accepted.failed(digest, error)
          await countFailure(error)
          throw error
        }
      } catch (error) {
        const call = { service: client.service, operation: request.operation }
        if (error instanceof BrokenCircuitError) {
          const response = { ...NO_RESPONSE, retryAfterMs: pauseMs() }
          throw new UpstreamFailure('CIRCUIT_OPEN', call, { sent: false, cause: error, response })
        }
        if (!(error instanceof BulkheadFull)) throw error
        throw new UpstreamFailure('OVERLOADED', call, { sent: false, cause: error })
      } finally {
        if (hasSlot) bulkhead.release(caller)
      }
    },
    state: () => ({
      breaker: STATES[breaker.state] ?? 'closed',
      inFlight: bulkhead.inFlight,
      queued: bulkhead.queued,
    }),
  }
}

/** The digest of the caller's token where it identifies the caller; `undefined` for a caller with a name. */
const callersDigest = ({ credentials, caller }: GuardedContext): string | undefined =>
  credentials.kind === 'TOKEN' && credentials.token === caller ? tokenDigest(credentials) : undefined

const STATES: Partial<Record<CircuitState, BreakerState>> = {
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
}

/** Whether an error counts against the upstream: it cannot be reached, or says so itself. Other refusals and faults do not. */
function isOutage(error: unknown): boolean {
  if (!(error instanceof UpstreamFailure)) return false
  if (error.kind === 'REFUSED') return [502, 503, 504].includes(error.response.status ?? 0)
  // Where the operation's time was up before anything was sent, the upstream had no part in it.
  if (error.kind === 'TIMEOUT') return error.sent
  return error.kind === 'UNREACHABLE' || error.kind === 'DISCONNECTED'
}
