import type { Credentials, Proof } from './credentials.ts'

/** One REST call as it went, for the log line of the operation that made it. */
export interface CallRecord {
  readonly service: string
  readonly operation: string
  readonly status: number | null
  readonly errorCode: string | null
  readonly requestId: string | null
  readonly durationMs: number
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
  readonly signal?: AbortSignal | undefined
  /** Told of every call as it ends. */
  readonly record: (call: CallRecord) => void
}

/** The same with credentials that a request can carry as they are. */
export interface ProvenContext extends Omit<CallContext, 'credentials'> {
  readonly credentials: Proof
}
