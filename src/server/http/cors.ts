import type { IncomingHttpHeaders } from 'node:http'
import { allowedMethods } from './admission.ts'

/** Pages of these origins may call, with credentials, and no other page may. */
export type AllowedOrigins = ReadonlySet<string>

const EXPOSED_HEADERS = 'x-request-id, x-gateway-mode, retry-after'
/** Browsers ask again after this. */
const PREFLIGHT_SECONDS = '600'
const MAX_ASKED_LENGTH = 2_048
/** Names of headers (RFC 9110, 5.6.2), separated by commas. */
const HEADER_NAMES = /^[\w!#$%&'*+.^`|~, -]*$/

type HeaderLine = readonly [name: string, value: string]

/** The CORS headers of a response: none of permission, unless the origin is on the list, exactly as it is there. */
export function corsHeaders(origin: string | undefined, allowed: AllowedOrigins): readonly HeaderLine[] {
  if (allowed.size === 0) return NONE
  if (origin === undefined || !allowed.has(origin)) return DENIED
  return [
    ['vary', 'origin'],
    ['access-control-allow-origin', origin],
    ['access-control-allow-credentials', 'true'],
    ['access-control-expose-headers', EXPOSED_HEADERS],
  ]
}

const NONE: readonly HeaderLine[] = []
const DENIED: readonly HeaderLine[] = [['vary', 'origin']]

/** Whether a browser asks if a page may send a request. */
export const isPreflight = (method: string | undefined, headers: IncomingHttpHeaders): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined

/**
 * The headers that only the response to a preflight has. A page of a listed origin may send any header: client libraries and
 * tracing add theirs, and the gateway ignores what it does not know.
 */
export function preflightHeaders(
  { origin, 'access-control-request-headers': asked }: IncomingHttpHeaders,
  allowed: AllowedOrigins,
  get: boolean,
): Readonly<Record<string, string>> {
  if (allowed.size === 0) return {}
  const vary = { vary: 'origin, access-control-request-headers' }
  if (origin === undefined || !allowed.has(origin)) return vary
  const areNames = asked !== undefined && asked.length <= MAX_ASKED_LENGTH && HEADER_NAMES.test(asked)
  return {
    ...vary,
    'access-control-allow-methods': allowedMethods(get),
    ...(areNames && { 'access-control-allow-headers': asked }),
    'access-control-max-age': PREFLIGHT_SECONDS,
  }
}
