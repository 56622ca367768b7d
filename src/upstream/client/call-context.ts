import type { Credentials, RequestCredentials } from './credentials.ts'

/** One REST call as it went, for the log line of the operation that made it. */
export interface CallRecord {
  readonly service: string
  readonly operation: string
  readonly status: number | null
  readonly errorCode: string | null
  readonly requestId: string | null
  readonly durationMs: number
}

/** A REST call about to be made, as a tracer is told of it. */
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

/**
 * Tells when a caller leaves before the answer: of an `AbortSignal` as much as is needed for it. Listeners may be called when
 * the caller has the answer, too: `aborted` says which.
 */
export interface AbortSignalLike {
  readonly aborted: boolean
  readonly addEventListener: (type: 'abort', listener: () => void) => void
  readonly removeEventListener: (type: 'abort', listener: () => void) => void
}

/** On whose behalf, until when, and in which language an operation calls the cloud. One per operation. */
export interface CallContext {
  /** Whose rights the call uses. They go to the configured upstream and nowhere else. */
  readonly credentials: Credentials
  /** Whose call it is: one caller cannot take all places of an upstream. Never shown: it may be a token. */
  readonly caller: string
  /** The language of the vendor's messages (`X-Language`). */
  readonly language: 'en-us' | 'zh-cn'
  /** When the operation's time is up, on `performance.now()`'s clock. */
  readonly deadline: number
  /** Ends reads whose caller has gone. A write that was sent is awaited all the same. */
  readonly signal?: AbortSignalLike | undefined
  /** Told of every call before it leaves; the call waits for it. */
  readonly beforeCall?: (() => Promise<void>) | undefined
  /** Told of every call as it ends. */
  readonly record: (call: CallRecord) => void
  /** Traces the calls, where tracing is on. */
  readonly trace?: CallTrace | undefined
}

/** The same with credentials that a request can carry as they are. */
export interface AuthenticatedContext extends Omit<CallContext, 'credentials'> {
  readonly credentials: RequestCredentials
}
