import { keepNewest } from '../../lib/keep-newest.ts'
import { isRefusedAfterAuthentication, isRefusedCredentials } from './refused-credentials.ts'

/** Callers who were served within the hour, as far as they are this many. A token is known by its hash alone. */
const KEPT_MS = 60 * 60_000
const MAX_TOKENS = 10_000

/** Callers' tokens that the cloud has accepted: until it has, anybody may have invented one. */
export class AcceptedTokens {
  readonly #untilByDigest = new Map<string, number>()
  readonly #now: () => number

  constructor(now: () => number = () => Date.now()) {
    this.#now = now
  }

  has(digest: string): boolean {
    return this.#now() < (this.#untilByDigest.get(digest) ?? 0)
  }

  /** Told of a call that went well. */
  succeeded(digest: string): void {
    keepNewest(this.#untilByDigest, digest, this.#now() + KEPT_MS, MAX_TOKENS)
  }

  /** Told of how a call failed: the cloud may have taken the token all the same, or not any longer. */
  failed(digest: string, error: unknown): void {
    if (isRefusedCredentials(error)) this.#untilByDigest.delete(digest)
    else if (isRefusedAfterAuthentication(error)) this.succeeded(digest)
  }
}
