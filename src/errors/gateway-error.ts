import type { UpstreamService } from '../lib/products.ts'
import type { Effect, ErrorCode, ErrorReason } from './error-code.ts'
import type { ValidationFault } from './validation-fault.ts'

/** The cloud's answer that caused an error, without anything that callers must not see. */
export interface UpstreamDetails {
  readonly service: UpstreamService
  readonly operation: string
  readonly status: number | null
  readonly errorCode: string | null
  readonly message: string | null
  readonly requestId: string | null
}

export interface Retry {
  /** Whether the same operation may be sent again: it can succeed, and cannot apply a write twice. */
  readonly retryable: boolean
  /** Milliseconds to wait first: the cloud says so, the gateway pauses its calls, or an earlier request may still be under way. */
  readonly afterMs?: number
}

/** The channel that has the name already, and its differences from the input. */
export interface ExistingChannel {
  readonly id: string
  readonly differences: readonly {
    readonly path: string
    readonly wanted: unknown
    readonly found: unknown
    readonly certain: boolean
  }[]
}

/** The result for one instance of a batch in which every instance failed. */
export interface FailedResult {
  readonly instanceId: string
  readonly outcome: string
  readonly error: GatewayError
}

export interface GatewayErrorDetails {
  readonly reason?: ErrorReason | undefined
  readonly effect?: Effect | undefined
  /** Whether the cause may pass without a change of the request. */
  readonly transient?: boolean | undefined
  /** Whether the same write can be sent again without being applied twice, although it may have happened. */
  readonly repeatable?: boolean | undefined
  /** Milliseconds to wait before the operation is repeated, where there is a reason to wait. */
  readonly afterMs?: number | undefined
  readonly existing?: ExistingChannel | undefined
  readonly results?: readonly FailedResult[] | undefined
  /** Id of a plan of the present state, where the given plan is outdated. */
  readonly planId?: string | undefined
  readonly validation?: readonly ValidationFault[] | undefined
  readonly upstream?: UpstreamDetails | undefined
  readonly cause?: unknown
}

/** A failure as the caller sees it. Holds no text: `graphqlError` renders it in the caller's language. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly code: ErrorCode
  readonly reason: ErrorReason | undefined
  readonly effect: Effect | undefined
  readonly retry: Retry
  readonly transient: boolean
  readonly repeatable: boolean
  readonly afterMs: number | undefined
  readonly existing: ExistingChannel | undefined
  readonly results: readonly FailedResult[] | undefined
  readonly planId: string | undefined
  readonly validation: readonly ValidationFault[] | undefined
  readonly upstream: UpstreamDetails | undefined

  constructor(code: ErrorCode, details: GatewayErrorDetails = {}) {
    // An answer, not a bug: a stack trace would cost more than the answer itself.
    const { stackTraceLimit } = Error
    Error.stackTraceLimit = 0
    super(details.reason === undefined ? code : `${code} ${details.reason}`, { cause: details.cause })
    Error.stackTraceLimit = stackTraceLimit
    this.code = code
    this.reason = details.reason
    this.effect = details.effect
    this.transient = details.transient ?? false
    this.repeatable = details.repeatable ?? false
    this.existing = details.existing
    this.results = details.results
    this.planId = details.planId
    this.afterMs = details.afterMs
    this.retry = retryOf(details)
    this.validation = details.validation
    this.upstream = details.upstream
  }

  /** The same failure with more details. */
  with(details: GatewayErrorDetails): GatewayError {
    return new GatewayError(this.code, { ...this, ...details })
  }

  /** The same failure with another effect. */
  withEffect(effect: Effect | undefined): GatewayError {
    return effect === this.effect ? this : this.with({ effect })
  }
}

/** A write that may have happened is retryable only where it cannot be applied twice. */
function retryOf({ transient = false, repeatable = false, effect, afterMs }: GatewayErrorDetails): Retry {
  const retryable =
    effect === undefined || effect === 'NOT_APPLIED' ? transient : effect === 'UNKNOWN' && repeatable
  return retryable && afterMs !== undefined ? { retryable, afterMs } : { retryable }
}
