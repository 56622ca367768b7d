import type { IncomingHttpHeaders } from 'node:http'
import { isOfSecret, sharesSecret } from '../../upstream/http/secret-search.ts'

/** The credentials in a request's headers, which nothing that is written of the request may hold. */
export class RequestSecrets {
  readonly #headers: IncomingHttpHeaders
  #all: readonly string[] | undefined

  constructor(headers: IncomingHttpHeaders) {
    this.#headers = headers
  }

  /** Whether a name or an id that the caller chose is a secret, or cut out of one. */
  include(name: string): boolean {
    return isOfSecret(name, this.#secrets())
  }

  /** Whether a text that quotes the request holds a secret, or a part of one. */
  isIn(text: string): boolean {
    return sharesSecret(text, this.#secrets())
  }

  /** Whether the request has no credentials. */
  isEmpty(): boolean {
    return this.#secrets().length === 0
  }

  #secrets(): readonly string[] {
    this.#all ??= secretsOf(this.#headers)
    return this.#all
  }
}

const HEADERS = ['x-auth-token', 'x-api-key', 'x-security-token', 'x-subject-token'] as const

/** Shorter ones protect nothing, and would be found in every text. */
const MIN_LENGTH = 12

function secretsOf(headers: IncomingHttpHeaders): readonly string[] {
  const secrets: string[] = []
  for (const name of HEADERS) {
    const value = headers[name]
    if (typeof value === 'string') secrets.push(value)
    else if (value !== undefined) secrets.push(...value)
  }
  for (const value of [headers.authorization, headers['proxy-authorization']]) {
    // `Bearer …`, or the parts of a signature.
    if (value !== undefined) secrets.push(...value.split(/[\s,]+|(?<=Access|Signature)=/))
  }
  for (const cookie of headers.cookie?.split(/; ?/) ?? []) secrets.push(cookie.slice(cookie.indexOf('=') + 1))
  return secrets.filter((secret) => secret.length >= MIN_LENGTH)
}
