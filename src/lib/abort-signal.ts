/**
 * The part of an `AbortSignal` that a REST call needs: it tells when a caller leaves before the answer. Listeners may also be
 * called when the caller has the answer: `aborted` says which.
 */
export interface AbortSignalLike {
  readonly aborted: boolean
  readonly addEventListener: (type: 'abort', listener: () => void) => void
  readonly removeEventListener: (type: 'abort', listener: () => void) => void
}
