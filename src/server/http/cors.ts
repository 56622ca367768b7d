import type { IncomingHttpHeaders } from 'node:http'
import { allowedMethods } from './admission.ts'

/** Pages of these origins may call, with credentials, and no other page may. */
export type AllowedOrigins = ReadonlySet<string>

const NEEDED_HEADERS =
  'content-type, accept-language, authorization, x-auth-token, x-api-key, x-project-id, x-request-id, traceparent'
const SHOWN_HEADERS = 'x-request-id, x-gateway-mode'
/** Browsers ask again after this. */
const PREFLIGHT_SECONDS = '600'

/** What an answer says to the page that asked: nothing, unless its origin is on the list, exactly as it is there. */
export function corsHeaders(
  origin: string | undefined,
  allowed: AllowedOrigins,
): Readonly<Record<string, string>> {
  if (allowed.size === 0) return {}
  if (origin === undefined || !allowed.has(origin)) return { vary: 'origin' }
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': SHOWN_HEADERS,
  }
}

/** Whether a browser asks for a page's sake if it may send a request. */
export const isPreflight = (method: string | undefined, headers: IncomingHttpHeaders): boolean =>
  method === 'OPTIONS' &&
  headers.origin !== undefined &&
  headers['access-control-request-method'] !== undefined

/** The answer to a preflight beyond what every answer says. */
export const preflightHeaders = (
  origin: string | undefined,
  allowed: AllowedOrigins,
  get: boolean,
): Readonly<Record<string, string>> =>
  origin === undefined || !allowed.has(origin)
    ? {}
    : {
        'access-control-allow-methods': allowedMethods(get),
        'access-control-allow-headers': NEEDED_HEADERS,
        'access-control-max-age': PREFLIGHT_SECONDS,
      }
