import { keepNewest } from '../../lib/keep-newest.ts'
import { isRefusedAfterAuthentication, isRefusedCredentials } from './refused-credentials.ts'

/** A token counts as accepted for an hour after its last call. Only digests are kept. */
const KEPT_MS = 60 * 60_000
const MAX_TOKENS = 10_000

/** Callers' tokens that the cloud has accepted: until then a caller may have invented it. */
export class AcceptedTokens {
  readonly #untilByDigest = new Map<string, number>()
  readonly #now: () => number

  constructor(now: () => number = () => Date.now()) {
    this.#now = now
  }

  has(digest: string): boolean {
    return this.#now() < (this.#untilByDigest.get(digest) ?? 0)
  }

  /** A call with the token has succeeded. */
  succeeded(digest: string): void {
    keepNewest(this.#untilByDigest, digest, this.#now() + KEPT_MS, MAX_TOKENS)
  }

  /** A call with the token has failed: the error shows whether the cloud still accepts the token. */
  failed(digest: string, error: unknown): void {
    if (isRefusedCredentials(error)) this.#untilByDigest.delete(digest)
    else if (isRefusedAfterAuthentication(error)) this.succeeded(digest)
  }
}
