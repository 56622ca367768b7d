/** What can go wrong with one call. Where a comment says "done", the call was acted upon all the same. */
export type Fault =
  /** The connection is closed before anything is read. */
  | { readonly kind: 'refuse' }
  | { readonly kind: 'reset-before-body' }
  | { readonly kind: 'reset-during-body' }
  /** Done, and the connection reset in place of an answer. */
  | { readonly kind: 'reset-after-body' }
  /** Done, and never answered. */
  | { readonly kind: 'stall-headers' }
  /** Done; the answer stops in the middle and the connection stays open. */
  | { readonly kind: 'stall-body' }
  /** Done; the answer comes byte by byte. */
  | { readonly kind: 'drip-body'; readonly everyMs?: number }
  /** Done; half of the answer's JSON, as if it were all. */
  | { readonly kind: 'cut-json' }
  /** A proxy's error page. */
  | { readonly kind: 'html'; readonly status?: number }
  /** Done; the right status, no body. */
  | { readonly kind: 'empty' }
  /** Done; the right status, a body that is no JSON. */
  | { readonly kind: 'garbage-2xx' }
  | { readonly kind: 'error-under-200' }
  /** Done, and denied. */
  | { readonly kind: '500-after-write' }
  /** Done only `ms` (50 unless told) after the connection was lost or, with a `status`, after that answer without a body. */
  | { readonly kind: 'late-write'; readonly ms?: number; readonly status?: number }
  /** A batch done for all its instances but the last, which its answer leaves out too. */
  | { readonly kind: 'leave-out-one' }
  | { readonly kind: '429'; readonly retryAfter?: number }
  | { readonly kind: '401-once' }
  /** Done, later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** This, word for word. */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: Readonly<Record<string, unknown>> | string
    }

/** Which calls a fault is for: all where it says nothing. */
export interface FaultMatch {
  readonly method?: string
  /** A part of the path. */
  readonly path?: string
}

export interface FaultOptions {
  readonly match?: FaultMatch
  /**
   * How many matching calls it lets pass first; 0 unless told. They count from now on, those that another
   * planned fault hits included: of two faults for the same calls the one with `skip: 2` hits the third call.
   */
  readonly skip?: number
  /** How many matching calls it hits; 1 unless told. */
  readonly times?: number
}
