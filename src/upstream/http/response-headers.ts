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

/** RFC 9110, 5.6.7: `Sat, 21 Nov 2026 10:00:30 GMT`, `Saturday, 21-Nov-26 10:00:30 GMT`, `Sat Nov 21 10:00:30 2026`. */
const HTTP_DATES = [
  /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{5,8}, \d\d-[A-Z][a-z]{2}-\d\d \d\d:\d\d:\d\d GMT$/,
  /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/,
] as const

/** The time of an HTTP date; `NaN` for another text. The last form names no zone and means GMT. */
function httpDate(value: string): number {
  if (!HTTP_DATES.some((form) => form.test(value))) return Number.NaN
  return Date.parse(value.endsWith(' GMT') ? value : `${value} GMT`)
}

/** `Retry-After` in milliseconds, from seconds or an HTTP date: one day at most. */
export function retryAfterMs(headers: Pick<ResponseHeaders, 'get'>, now: number): number | null {
  const value = headers.get('retry-after')
  if (value === undefined) return null
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : httpDate(value) - now
  return Number.isNaN(milliseconds) ? null : Math.min(MAX_RETRY_AFTER_MS, Math.max(0, milliseconds))
}
