import type { UpstreamService } from '../upstream/upstream-failure.ts'
import type { Effect, ErrorCode, ErrorReason } from './error-code.ts'
import type { ValidationFault } from './validation-fault.ts'

/** The answer behind an error, cleared of everything that is nobody's business. */
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
  /** Milliseconds to wait first: the cloud said so, or an earlier request may still be under way. */
  readonly afterMs?: number
}

/** The channel that is there in the place of the one asked for, and in what it differs from that. */
export interface ExistingChannel {
  readonly id: string
  readonly differences: readonly {
    readonly path: string
    readonly wanted: unknown
    readonly found: unknown
    readonly certain: boolean
  }[]
}

/** What became of one instance of a batch in which every instance failed. */
export interface FailedResult {
  readonly instanceId: string
  readonly outcome: string
  readonly error: GatewayError
}

export interface GatewayErrorDetails {
  readonly reason?: ErrorReason | undefined
  readonly effect?: Effect | undefined
  /** Whether the cause may pass by itself. */
  readonly transient?: boolean | undefined
  /** Whether the same write can be sent again without being applied twice, although it may have happened. */
  readonly repeatable?: boolean | undefined
  /** Milliseconds to wait first, where there is a reason to. */
  readonly afterMs?: number | undefined
  readonly existing?: ExistingChannel | undefined
  readonly results?: readonly FailedResult[] | undefined
  /** The plan of what is there now, where another one was agreed to. */
  readonly planId?: string | undefined
  readonly validation?: readonly ValidationFault[] | undefined
  readonly upstream?: UpstreamDetails | undefined
  readonly cause?: unknown
}

/** What a caller is told of a failure. Holds no text: words are chosen by the caller's language when it is shown. */
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
    // An answer, not a fault of ours: to note where it was made costs more than the answer.
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

  /** The same failure with more known about it. */
  with(details: GatewayErrorDetails): GatewayError {
    return new GatewayError(this.code, { ...this, ...details })
  }

  /** The same failure with another word on what became of the write. */
  withEffect(effect: Effect | undefined): GatewayError {
    return effect === this.effect ? this : this.with({ effect })
  }
}

/** A write that may have happened is sent again only where it cannot be applied twice. */
function retryOf({ transient = false, repeatable = false, effect, afterMs }: GatewayErrorDetails): Retry {
  const retryable =
    effect === undefined || effect === 'NOT_APPLIED' ? transient : effect === 'UNKNOWN' && repeatable
  return retryable && afterMs !== undefined ? { retryable, afterMs } : { retryable }
}
