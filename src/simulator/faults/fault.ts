/**
 * What can go wrong with one call. Where a comment says "done", the call was acted upon all the same. A test plans faults
 * with `failNext`, another process with `POST /_simulator/faults` (`{"fault": {"kind": "429", "retryAfter": 3}, "times": 2}`),
 * and a call brings its own in the header `x-simulator-fault` (`429;retryAfter=3`, several with commas between them), which
 * then has no planned ones.
 */
export type Fault = Accident | Habit

/** One of these hits a call. */
export type Accident =
  /** The connection is closed before anything is read. */
  | { readonly kind: 'refuse' }
  | { readonly kind: 'reset-before-body' }
  | { readonly kind: 'reset-during-body' }
  /** Done, and the connection reset in place of an answer. */
  | { readonly kind: 'reset-after-body' }
  /**
   * Every connection that has carried a call before this one resets at its next call, nothing done. A call that
   * comes over a new connection is answered.
   */
  | { readonly kind: 'kill-idle' }
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
  /** Done, and denied with 500 and a code: `APIG.9999` unless told. */
  | { readonly kind: '500-after-write'; readonly code?: string }
  /**
   * Done only `ms` (50 unless told) after the connection was lost or, with a `status`, after that answer: without a body,
   * or with an error's where there is a `code`. With `stepMs` each further instance of a batch so much later.
   */
  | {
      readonly kind: 'late-write'
      readonly ms?: number
      readonly stepMs?: number
      readonly status?: number
      readonly code?: string
    }
  /** A batch done for all its instances but the last, which its answer leaves out too. */
  | { readonly kind: 'leave-out-one' }
  /**
   * A batch done for some of its instances (the first half unless `instances` names them, with `+` between them), then
   * refused with `status` (500 unless told) and `code`: below 500 never for all of them, since one is the cause of the
   * refusal. With `restMs` the others are done so much later. Any other call is refused, nothing done.
   */
  | {
      readonly kind: 'partial-write'
      readonly instances?: string
      readonly status?: number
      readonly code?: string
      readonly restMs?: number
    }
  | { readonly kind: '429'; readonly retryAfter?: number }
  | { readonly kind: '401-once' }
  /** To `location`: the call's own target unless told. */
  | { readonly kind: 'redirect'; readonly status?: number; readonly location?: string }
  /** Done, later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** This, word for word. */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: Readonly<Record<string, unknown>> | string
    }

/** Any number of these is on a call, and an accident with them: a cloud has them for long (`times: Infinity`). */
export type Habit =
  /**
   * Reads answer the state of so many milliseconds ago: lists and shows `ms`, unless they have their own. A list's `total`
   * is as old as its items unless it has its own age.
   */
  | {
      readonly kind: 'read-lag'
      readonly ms?: number
      readonly listMs?: number
      readonly showMs?: number
      readonly totalMs?: number
    }
  /** What was given is shown in another spelling. A seed chooses which; `what` the kinds, with `+` between them. */
  | { readonly kind: 'respell'; readonly seed?: number; readonly what?: string }

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
  /** How many matching calls it hits; 1 unless told. In JSON `"always"` is for ever. */
  readonly times?: number
}
