import type { IncomingHttpHeaders } from 'node:http'

/** The header fields of a response. */
export class ResponseHeaders {
  readonly #fields: IncomingHttpHeaders

  /** @param fields by their names in lower case */
  constructor(fields: IncomingHttpHeaders) {
    this.#fields = fields
  }

  /** The value of a field, named in lower case; where it came several times, all of them with commas between. */
  get(name: string): string | undefined {
    const value = this.#fields[name]
    return Array.isArray(value) ? value.join(', ') : value
  }
}

const UUID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-z])/i

/**
 * The cloud's request id. `X-Request-Id` comes as `uuid-timestamp-hostname`; the host name must not reach callers.
 */
export function vendorRequestId(value: unknown): string | null {
  return typeof value === 'string' ? (UUID.exec(value)?.[0] ?? null) : null
}

/** One day: no client waits longer before a retry, and the milliseconds fit a GraphQL Int. */
export const MAX_RETRY_AFTER_MS = 24 * 60 * 60_000

/** `Retry-After` in milliseconds, from seconds or an HTTP date: one day at most. */
export function retryAfterMs(headers: Pick<ResponseHeaders, 'get'>, now: number): number | null {
  const value = headers.get('retry-after')
  if (value === undefined) return null
  const milliseconds = /^\d+$/.test(value)
    ? Number(value) * 1000
    : / GMT$/.test(value)
      ? Date.parse(value) - now
      : Number.NaN
  return Number.isNaN(milliseconds) ? null : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, milliseconds))
}
