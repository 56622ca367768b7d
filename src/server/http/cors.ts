import type { IncomingHttpHeaders } from 'node:http'
import { allowedMethods } from './admission.ts'

/** Pages of these origins may call, with credentials, and no other page may. */
export type AllowedOrigins = ReadonlySet<string>

const ALLOWED_HEADERS =
  'content-type, accept-language, authorization, x-auth-token, x-api-key, x-project-id, x-request-id, traceparent'
const EXPOSED_HEADERS = 'x-request-id, x-gateway-mode'
/** Browsers ask again after this. */
const PREFLIGHT_SECONDS = '600'

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

/** The headers that only the response to a preflight has. */
export const preflightHeaders = (
  origin: string | undefined,
  allowed: AllowedOrigins,
  get: boolean,
): Readonly<Record<string, string>> =>
  origin === undefined || !allowed.has(origin)
    ? {}
    : {
        'access-control-allow-methods': allowedMethods(get),
        'access-control-allow-headers': ALLOWED_HEADERS,
        'access-control-max-age': PREFLIGHT_SECONDS,
      }
