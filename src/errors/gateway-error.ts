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
  /** Milliseconds to wait first, where the cloud said so. */
  readonly afterMs?: number
}

export interface GatewayErrorDetails {
  readonly reason?: ErrorReason | undefined
  readonly effect?: Effect | undefined
  /** Whether the cause may pass by itself. */
  readonly transient?: boolean | undefined
  /** Milliseconds to wait first, where the cloud said so. */
  readonly afterMs?: number | undefined
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
  readonly afterMs: number | undefined
  readonly validation: readonly ValidationFault[] | undefined
  readonly upstream: UpstreamDetails | undefined

  constructor(code: ErrorCode, details: GatewayErrorDetails = {}) {
    super(details.reason === undefined ? code : `${code} ${details.reason}`, { cause: details.cause })
    this.code = code
    this.reason = details.reason
    this.effect = details.effect
    this.transient = details.transient ?? false
    this.afterMs = details.afterMs
    this.retry = retryOf(details)
    this.validation = details.validation
    this.upstream = details.upstream
  }

  /** The same failure with another word on what became of the write. */
  withEffect(effect: Effect | undefined): GatewayError {
    return new GatewayError(this.code, { ...this, effect })
  }

  /** The same failure, said of these parts of the input. */
  withValidation(validation: readonly ValidationFault[]): GatewayError {
    return new GatewayError(this.code, { ...this, validation })
  }
}

/** What may have happened is not to be sent again. */
function retryOf({ transient = false, effect, afterMs }: GatewayErrorDetails): Retry {
  const retryable = transient && (effect === undefined || effect === 'NOT_APPLIED')
  return retryable && afterMs !== undefined ? { retryable, afterMs } : { retryable }
}
