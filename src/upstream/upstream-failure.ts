import type { UpstreamService } from '../lib/products.ts'

/**
 * How a REST call failed. The kinds differ in what the cloud can have done.
 * - `NOT_CONFIGURED`: no endpoint of the service is set.
 * - `CIRCUIT_OPEN`: not sent, because calls to the service fail; `response.retryAfterMs` says when the gateway tries the next.
 * - `OVERLOADED`: not sent, because too many calls wait for the service already; or, with `sent`, there was no room in memory for
 *   the response in time.
 * - `UNREACHABLE`: no connection opened, so nothing was sent.
 * - `TIMEOUT`: time ran out; `sent` says whether the request had left.
 * - `DISCONNECTED`: the connection was lost after the request, or part of it, had left.
 * - `ABANDONED`: the caller has left and does not wait for the response.
 * - `REFUSED`: the cloud answered with an error, whatever the status.
 * - `TOO_LONG`: the response is longer than `maxResponseBytes`.
 * - `UNREADABLE`: the cloud answered with a success, but not with the JSON that the pages promise.
 */
export type UpstreamFailureKind =
  | 'NOT_CONFIGURED'
  | 'CIRCUIT_OPEN'
  | 'OVERLOADED'
  | 'UNREACHABLE'
  | 'TIMEOUT'
  | 'DISCONNECTED'
  | 'ABANDONED'
  | 'REFUSED'
  | 'TOO_LONG'
  | 'UNREADABLE'

/** The response, as far as there was one. `message` is the vendor's text, which must not reach a caller unchecked. */
export interface FailedResponse {
  readonly status: number | null
  /** HTML or XML, not the JSON of an API. */
  readonly isPage?: boolean
  readonly errorCode: string | null
  readonly message: string | null
  readonly requestId: string | null
  readonly retryAfterMs: number | null
}

export const NO_RESPONSE: FailedResponse = {
  status: null,
  errorCode: null,
  message: null,
  requestId: null,
  retryAfterMs: null,
}

/** A REST call that failed. */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure'
  readonly kind: UpstreamFailureKind
  readonly service: UpstreamService
  readonly operation: string
  readonly sent: boolean
  readonly response: FailedResponse
  /** Why, for the log; `null` where the response says it. */
  readonly detail: string | null
  /** Whether the gateway's credentials were refused, and not the caller's. */
  readonly refusesGateway: boolean

  constructor(
    kind: UpstreamFailureKind,
    call: { service: UpstreamService; operation: string },
    details: {
      sent: boolean
      response?: FailedResponse
      detail?: string | null
      cause?: unknown
      refusesGateway?: boolean
    },
  ) {
    super(`${call.service} ${call.operation}: ${kind}`, { cause: details.cause })
    this.kind = kind
    this.service = call.service
    this.operation = call.operation
    this.sent = details.sent
    this.response = details.response ?? NO_RESPONSE
    this.detail = details.detail ?? null
    this.refusesGateway = details.refusesGateway ?? false
  }
}

/** The failure of a response that came as a success but does not hold what the page promises. */
export const unreadable = (success: {
  readonly service: UpstreamService
  readonly operation: string
  readonly status: number
  readonly requestId: string | null
}): UpstreamFailure =>
  new UpstreamFailure('UNREADABLE', success, {
    sent: true,
    response: { ...NO_RESPONSE, status: success.status, requestId: success.requestId },
  })
