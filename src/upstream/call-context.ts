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
  /** The `X-Auth-Token` to act with. It goes to the configured upstream and nowhere else. */
  readonly token: string
  /** The language of the vendor's messages (`X-Language`). */
  readonly language: 'en-us' | 'zh-cn'
  /** When the operation's time is up, on `performance.now()`'s clock. */
  readonly deadline: number
  /** Ends reads whose caller has gone. A write that was sent is awaited all the same. */
  readonly signal?: AbortSignal | undefined
  /** Told of every call as it ends. */
  readonly record: (call: CallRecord) => void
}
