import type { ResponseHead } from './http/response-head.ts'

const UUID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![0-9a-z])/i

/**
 * The cloud's request id. `X-Request-Id` comes as `uuid-timestamp-hostname`; only the uuid is anybody's business.
 */
export function vendorRequestId(value: unknown): string | null {
  return typeof value === 'string' ? (UUID.exec(value)?.[0] ?? null) : null
}

/** `Retry-After` in milliseconds, from seconds or an HTTP date. */
export function retryAfterMs(headers: Pick<ResponseHead['headers'], 'get'>, now: number): number | null {
  const value = headers.get('retry-after')
  if (value === undefined) return null
  const milliseconds = /^\d+$/.test(value)
    ? Number(value) * 1000
    : / GMT$/.test(value)
      ? Date.parse(value) - now
      : Number.NaN
  return Number.isSafeInteger(milliseconds) ? Math.max(0, milliseconds) : null
}
