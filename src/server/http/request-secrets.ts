import type { IncomingHttpHeaders } from 'node:http'
import { isOfSecret, sharesSecret } from '../../upstream/http/secret-search.ts'

/** What a request is proven with, for nothing that is written of the request to hold it. */
export class RequestSecrets {
  readonly #headers: IncomingHttpHeaders
  #all: readonly string[] | undefined

  constructor(headers: IncomingHttpHeaders) {
    this.#headers = headers
  }

  /** Whether a name or an id that the caller chose is a secret, or cut out of one. */
  include(name: string): boolean {
    this.#all ??= secretsOf(this.#headers)
    return isOfSecret(name, this.#all)
  }

  /** Whether a text that quotes the request holds a secret, or a part of one. */
  isIn(text: string): boolean {
    this.#all ??= secretsOf(this.#headers)
    return sharesSecret(text, this.#all)
  }
}

const HEADERS = ['x-auth-token', 'x-api-key', 'x-security-token', 'x-subject-token'] as const

/** Shorter ones prove nothing, and would be found in every text. */
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
