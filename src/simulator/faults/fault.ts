/**
 * What can go wrong with one call. "Executed": the simulator executes the call all the same. A test plans faults with
 * `failNext`, another process with `POST /_simulator/faults` (`{"fault": {"kind": "429", "retryAfter": 3}, "times": 2}`). A
 * call with the header `x-simulator-fault` (`429;retryAfter=3`, several separated by commas) has those faults and no planned
 * ones.
 */
export type Fault = Accident | Habit

/** A call has at most one of these. */
export type Accident =
  /** The simulator closes the connection before it reads anything. */
  | { readonly kind: 'refuse' }
  | { readonly kind: 'reset-before-body' }
  | { readonly kind: 'reset-during-body' }
  /** Executed; the connection is reset in place of an answer. */
  | { readonly kind: 'reset-after-body' }
  /**
   * Every connection that has carried a call before this one resets at its next call, which is not executed. Calls over
   * new connections are answered.
   */
  | { readonly kind: 'kill-idle' }
  /** Executed, and never answered. */
  | { readonly kind: 'stall-headers' }
  /** Executed; the answer stops in the middle and the connection stays open. */
  | { readonly kind: 'stall-body' }
  /** Executed; the answer comes byte by byte. */
  | { readonly kind: 'drip-body'; readonly everyMs?: number }
  /** Executed; the body ends after half of its JSON. */
  | { readonly kind: 'cut-json' }
  /** A proxy's error page. */
  | { readonly kind: 'html'; readonly status?: number }
  /** Executed; the right status, no body. */
  | { readonly kind: 'empty' }
  /** Executed; the right status, a body that is not JSON. */
  | { readonly kind: 'garbage-2xx' }
  | { readonly kind: 'error-under-200' }
  /** Executed, and answered with 500 and a code, by default `APIG.9999`. */
  | { readonly kind: '500-after-write'; readonly code?: string }
  /**
   * Executed only `ms` (default 50) after the connection broke or, with a `status`, after that answer, which has a body only
   * with a `code`. With `stepMs` each further instance of a batch is written that much later.
   */
  | {
      readonly kind: 'late-write'
      readonly ms?: number
      readonly stepMs?: number
      readonly status?: number
      readonly code?: string
    }
  /** A batch is executed without its last instance, which its answer leaves out too. */
  | { readonly kind: 'leave-out-one' }
  /**
   * A batch is executed for some of its instances (`instances`, separated by `+`; default: the first half), then refused with
   * `status` (default 500) and `code`. Below 500 never for all of them, since one causes the refusal. With `restMs` the others
   * are written that much later. Any other call is refused and not executed.
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
  /** To `location`, by default the target of the call. */
  | { readonly kind: 'redirect'; readonly status?: number; readonly location?: string }
  /** Executed later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Exactly this answer. */
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: Readonly<Record<string, unknown>> | string
    }

/** A call can have several of these in addition to an accident; usually all calls have them (`times: Infinity`). */
export type Habit =
  /**
   * Reads answer the state of `ms` milliseconds ago. `listMs`, `showMs` and `totalMs` override it for lists, for single
   * channels, and for the `total` of a list, which by default is as old as the items.
   */
  | {
      readonly kind: 'read-lag'
      readonly ms?: number
      readonly listMs?: number
      readonly showMs?: number
      readonly totalMs?: number
    }
  /** Answers show values in another spelling, chosen by the seed; `what` lists the kinds, separated by `+`. */
  | { readonly kind: 'respell'; readonly seed?: number; readonly what?: string }

/** The calls that a fault is for; an absent field matches all. */
export interface FaultMatch {
  readonly method?: string
  /** A substring of the path. */
  readonly path?: string
}

export interface FaultOptions {
  readonly match?: FaultMatch
  /**
   * Matching calls to let pass first, default 0. Calls that another planned fault hits count too: of two faults for the
   * same calls the one with `skip: 2` hits the third call.
   */
  readonly skip?: number
  /** Matching calls to hit, default 1. `"always"` in JSON is `Infinity`. */
  readonly times?: number
}
