import { randomBytes } from 'node:crypto'
import type { Clock } from '../cloud/timestamp.ts'

const TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000

export interface Token {
  /** `null` for a token scoped to the account. */
  readonly projectId: string | null
  readonly issuedAt: Date
  readonly expiresAt: Date
}

export interface TokenRequest {
  readonly projectId: string | null
  readonly lifetimeMs?: number
}

/** Keeps expired tokens too, because the cloud refuses them in other words than unknown ones; drops the oldest first. */
const MAX_TOKENS = 10_000

export class Tokens {
  readonly #clock: Clock
  readonly #tokens = new Map<string, Token>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  issue({ projectId, lifetimeMs = TOKEN_LIFETIME_MS }: TokenRequest): { value: string; token: Token } {
    const issuedAt = this.#clock()
    const token = { projectId, issuedAt, expiresAt: new Date(issuedAt.getTime() + lifetimeMs) }
    // The real ones are signed messages, base64 of several kilobytes that begins with MII.
    const value = `MII${randomBytes(1536).toString('base64').replaceAll('/', '-')}`
    this.#tokens.set(value, token)
    const [oldest] = this.#tokens.keys()
    if (this.#tokens.size > MAX_TOKENS && oldest !== undefined) this.#tokens.delete(oldest)
    return { value, token }
  }

  find(value: string): Token | undefined {
    return this.#tokens.get(value)
  }

  isExpired(token: Token): boolean {
    return token.expiresAt <= this.#clock()
  }
}
