import { getHeapStatistics } from 'node:v8'

/** How much time and how many calls an operation and an upstream may take. */
export interface Limits {
  /** Milliseconds for a whole operation, with all its REST calls and the reading of their responses. */
  readonly deadlineMs: number
  /** Milliseconds for a connection to open. */
  readonly connectMs: number
  /** Milliseconds from sending a request to the response's headers. */
  readonly headersMs: number
  /** Milliseconds from the response's headers to the end of its body. */
  readonly bodyMs: number
  /** Bytes of the headers of one response. */
  readonly maxHeaderBytes: number
  /** Bytes of one response, and of all responses together that are being read. */
  readonly maxResponseBytes: number
  readonly maxUpstreamBytes: number
  /** Calls in flight per upstream, and per caller of it. */
  readonly inFlight: number
  readonly inFlightPerCaller: number
  /** Calls per upstream that wait in the bulkhead's queue, and the milliseconds that each may wait. */
  readonly queue: number
  readonly queueMs: number
  /** Waiting calls of one caller. */
  readonly queuePerCaller: number
  /** The breaker opens where half of at least `fewestCalls` within `sampleMs` failed. */
  readonly sampleMs: number
  readonly fewestCalls: number
  /** Milliseconds until an open breaker tries one call. */
  readonly halfOpenAfterMs: number
  /** Milliseconds before the first repetition of a read; twice as many before the next. */
  readonly retryWaitMs: number
  /** Milliseconds over which the gateway looks for the effect of a write whose response does not say it. */
  readonly settlingMs: number
  /** Milliseconds before a refused password is sent again: the longest period over which IAM counts wrong passwords. */
  readonly loginPauseMs: number
}

export const DEFAULT_LIMITS: Limits = {
  deadlineMs: 25_000,
  connectMs: 2_000,
  headersMs: 10_000,
  bodyMs: 10_000,
  // A token of 32 KB comes in a header.
  maxHeaderBytes: 48 * 1024,
  maxResponseBytes: 16 * 1024 * 1024,
  // A response takes several times its bytes: as text, as JSON, as channels and as the result.
  maxUpstreamBytes: Math.floor(getHeapStatistics().heap_size_limit / 16),
  inFlight: 32,
  inFlightPerCaller: 8,
  queue: 64,
  queueMs: 1_000,
  queuePerCaller: 16,
  sampleMs: 10_000,
  fewestCalls: 20,
  halfOpenAfterMs: 5_000,
  retryWaitMs: 50,
  settlingMs: 4_000,
  loginPauseMs: 60 * 60_000,
}
