import type { AbortSignalLike } from '../../lib/abort-signal.ts'
import type { Credentials, RequestCredentials } from './credentials.ts'

/** One REST call as it went, for the log line of the operation that made it. */
export interface CallRecord {
  readonly service: string
  readonly operation: string
  readonly status: number | null
  readonly errorCode: string | null
  readonly requestId: string | null
  /** Why it failed, for operators; `null` where the rest says it. Never for callers. */
  readonly detail: string | null
  readonly durationMs: number
}

/** A REST call that is about to be made, for the tracer. */
export interface StartedCall {
  readonly service: string
  readonly operation: string
  readonly method: string
  /** The path below the base URL, with its ids and its query. */
  readonly path: string
  readonly baseUrl: URL
}

/** The span of one REST call. */
export interface CallSpan {
  /** The headers that carry the trace on. */
  readonly headers: Readonly<Record<string, string>>
  /** `failure` says how it failed where it did. */
  readonly end: (call: CallRecord, failure: string | null) => void
}

/** Makes the spans of an operation's REST calls. */
export interface CallTrace {
  readonly start: (call: StartedCall) => CallSpan
}

/** On whose behalf, until when, and in which language an operation calls the cloud. One per operation. */
export interface CallContext {
  /** They go to the configured upstream and nowhere else. */
  readonly credentials: Credentials
  /** Who calls: one caller cannot fill an upstream's bulkhead. Never shown: it may be a token. */
  readonly caller: string
  /** The language of the vendor's messages (`X-Language`). */
  readonly language: 'en-us' | 'zh-cn'
  /** When the operation's time is up, on `performance.now()`'s clock. */
  readonly deadline: number
  /** Ends reads whose caller has left. A write that was sent is awaited all the same. */
  readonly signal?: AbortSignalLike | undefined
  /** Runs before every call; the call waits for it. */
  readonly beforeCall?: (() => Promise<void>) | undefined
  /** Runs when a call ends. */
  readonly record: (call: CallRecord) => void
  /** Traces the calls, where tracing is on. */
  readonly trace?: CallTrace | undefined
}

/** The same with credentials that a request can carry as they are. */
export interface AuthenticatedContext extends Omit<CallContext, 'credentials'> {
  readonly credentials: RequestCredentials
}
