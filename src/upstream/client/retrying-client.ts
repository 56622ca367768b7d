import { setTimeout as sleep } from 'node:timers/promises'
import { UpstreamFailure } from '../upstream-failure.ts'
import type { CallContext } from './call-context.ts'
import type { Limits } from './limits.ts'
import type { UpstreamClient, UpstreamRequest } from './upstream-client.ts'
import type { UpstreamSuccess } from './upstream-response.ts'

const MAX_ATTEMPTS = 3
const MAX_WAIT_MS = 1_000
/** Retries per call, over all calls: where everything fails, repeating everything makes it worse. */
const BUDGET_PER_CALL = 0.1
/** Retries that a quiet gateway has in hand. */
const BUDGET_IN_HAND = 10

/**
 * Repeats reads that failed for a passing reason: at most three attempts, with full jitter, as long as the operation's
 * deadline and the budget allow, and no sooner than the cloud's `Retry-After`. Writes are never repeated here.
 */
export function retryingClient(
  client: UpstreamClient,
  { retryWaitMs }: Pick<Limits, 'retryWaitMs'>,
): UpstreamClient {
  let budget = BUDGET_IN_HAND

  async function read(request: UpstreamRequest, context: CallContext): Promise<UpstreamSuccess> {
    budget = Math.min(BUDGET_IN_HAND, budget + BUDGET_PER_CALL)
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await client.call(request, context)
      } catch (error) {
        if (attempt === MAX_ATTEMPTS || budget < 1 || !mayPass(error)) throw error
        const waitMs = error.response.retryAfterMs ?? jitter(retryWaitMs, attempt)
        if (performance.now() + waitMs >= context.deadline) throw error
        budget -= 1
        await sleep(waitMs)
      }
    }
  }

  return {
    ...client,
    call: (request, context) =>
      request.method === 'GET' ? read(request, context) : client.call(request, context),
  }
}

/** What does not pass within a request. */
const LASTING: ReadonlySet<UpstreamFailure['kind']> = new Set([
  'NOT_CONFIGURED',
  'CIRCUIT_OPEN',
  'OVERLOADED',
  'ABANDONED',
  'TOO_LONG',
])

function mayPass(error: unknown): error is UpstreamFailure {
  if (!(error instanceof UpstreamFailure)) return false
  if (error.kind !== 'REFUSED') return !LASTING.has(error.kind)
  const status = error.response.status ?? 0
  return status === 429 || status >= 500
}

const jitter = (firstWaitMs: number, attempt: number): number =>
  Math.random() * Math.min(MAX_WAIT_MS, firstWaitMs * 2 ** (attempt - 1))
