import type { IncomingHttpHeaders } from 'node:http'
import type { HttpRefusal } from './http-refusal.ts'
import { isJson, RESPONSE_TYPES, responseTypeOf } from './media-types.ts'

/** What a request is admitted by. */
export interface AdmissionRules {
  /** Whether queries may come by GET. */
  readonly get: boolean
  /** Bytes that a body may have. */
  readonly bodyBytes: number
}

/**
 * Refuses a request by its method and headers, or returns `undefined`. Bodies are JSON alone: the other types are those that a
 * page of a foreign site can make a browser send without a preflight.
 */
export function admission(
  method: string | undefined,
  headers: IncomingHttpHeaders,
  { get, bodyBytes }: AdmissionRules,
): HttpRefusal | undefined {
  if (method !== 'POST' && !(get && method === 'GET')) {
    const allow = allowedMethods(get)
    return {
      status: 405,
      message: `Send the operation by ${allow.replace(', ', ' or ')}.`,
      headers: { allow },
    }
  }
  if (responseTypeOf(headers.accept) === undefined) {
    return {
      status: 406,
      message: `There is no answer of an accepted type; there are ${RESPONSE_TYPES.join(', ')}.`,
    }
  }
  if (method === 'GET') return undefined
  if (!isJson(headers['content-type'])) {
    return {
      status: 415,
      message: 'Send the operation as application/json, in UTF-8.',
      headers: { 'accept-post': 'application/json' },
    }
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return { status: 415, message: 'Send the body as it is, without a content-encoding.' }
  }
  return Number(headers['content-length'] ?? 0) > bodyBytes ? tooLarge(bodyBytes) : undefined
}

export const allowedMethods = (get: boolean): string => (get ? 'GET, POST' : 'POST')

/** The refusal of a subscription whose caller could not read its events. */
export const NO_EVENTS: HttpRefusal = {
  status: 406,
  message:
    'Send a subscription with "Accept: text/event-stream", or "Accept: multipart/mixed;subscriptionSpec=1.0".',
}

/** The refusal of a body of more bytes than this. */
export const tooLarge = (bodyBytes: number): HttpRefusal => ({
  status: 413,
  message: `The body has more than ${bodyBytes} bytes.`,
})
