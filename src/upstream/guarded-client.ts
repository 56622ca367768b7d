import {
  BrokenCircuitError,
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  circuitBreaker,
  handleWhen,
  TaskCancelledError,
} from 'cockatiel'
import type { Limits } from './limits.ts'
import { OutageSample } from './outage-sample.ts'
import type { UpstreamClient } from './upstream-client.ts'
import { UpstreamFailure } from './upstream-failure.ts'

type BreakerState = 'closed' | 'open' | 'half-open'

/** The breaker as it is now, and how many calls are in flight and waiting. */
export interface UpstreamState {
  readonly breaker: BreakerState
  readonly inFlight: number
  readonly queued: number
}

interface GuardedClient<Context> extends UpstreamClient<Context> {
  readonly state: () => UpstreamState
}

/** Keeps a failing or slow upstream from taking the gateway with it, and one caller from taking all its places. */
export function guardedClient<Context extends { readonly caller: string }>(
  client: UpstreamClient<Context>,
  limits: Limits,
): GuardedClient<Context> {
  const breaker = circuitBreaker(
    handleWhen((error) => isOutage(error)),
    {
      halfOpenAfter: limits.halfOpenAfterMs,
      breaker: new OutageSample(limits),
    },
  )
  let openedAt = 0
  breaker.onBreak(() => {
    openedAt = Date.now()
  })
  const all = bulkhead(limits.inFlight, limits.queue)
  const callers = new Map<string, { readonly places: ReturnType<typeof bulkhead>; calls: number }>()
  let queued = 0

  /** Whether a call is refused without waiting for a place: so it is too while another one tries the service. */
  const isShut = (): boolean =>
    breaker.state === CircuitState.HalfOpen ||
    (breaker.state === CircuitState.Open && Date.now() - openedAt < limits.halfOpenAfterMs)

  /** Only calls that were made tell the breaker something: it stands behind the places, not before them. */
  async function tried<Success>(call: () => Promise<Success>): Promise<Success> {
    if (isShut()) throw new BrokenCircuitError()
    const outcome = await breaker.execute(() =>
      call().then(
        (success) => ({ success }),
        (error: unknown) => {
          if (isOutage(error)) throw error
          // Told as a success: the service has answered.
          return { error }
        },
      ),
    )
    if ('error' in outcome) throw outcome.error
    return outcome.success
  }

  return {
    ...client,
    async call(request, context) {
      const overloaded = (cause: unknown): UpstreamFailure =>
        new UpstreamFailure(
          'OVERLOADED',
          { service: client.service, operation: request.operation },
          { sent: false, cause },
        )
      if (isShut()) throw overloaded(new BrokenCircuitError())
      const caller = callers.get(context.caller) ?? {
        places: bulkhead(limits.inFlightPerCaller, limits.queue),
        calls: 0,
      }
      const mustWait = all.executionSlots === 0 || caller.places.executionSlots === 0
      if (mustWait && queued >= limits.queue) throw overloaded(undefined)

      callers.set(context.caller, caller)
      caller.calls += 1
      queued += 1
      let waits = true
      const waiting = new AbortController()
      const timer = setTimeout(() => waiting.abort(), limits.queueMs)
      const end = () => {
        clearTimeout(timer)
        if (waits) queued -= 1
        waits = false
      }
      const cancelled = new Promise<never>((_, reject) => {
        waiting.signal.addEventListener('abort', () => reject(new TaskCancelledError()))
      })
      const call = caller.places.execute(
        () =>
          all.execute(() => {
            end()
            return tried(() => client.call(request, context))
          }, waiting.signal),
        waiting.signal,
      )
      try {
        return await Promise.race([call, cancelled])
      } catch (error) {
        call.catch(() => undefined)
        throw isRejection(error) ? overloaded(error) : error
      } finally {
        end()
        caller.calls -= 1
        if (caller.calls === 0) callers.delete(context.caller)
      }
    },
    state: () => ({
      breaker: STATES[breaker.state] ?? 'closed',
      inFlight: limits.inFlight - all.executionSlots,
      queued,
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
  // Where the operation's time was up before anything was sent, the upstream had no part in it.
  if (error.kind === 'TIMEOUT') return error.sent
  return error.kind === 'UNREACHABLE' || error.kind === 'DISCONNECTED'
}

const isRejection = (error: unknown): boolean =>
  error instanceof BrokenCircuitError ||
  error instanceof BulkheadRejectedError ||
  error instanceof TaskCancelledError
