import { createHash } from 'node:crypto'
import type { Call } from '../http/exchange.ts'
import { unescapeText } from '../http/unescape-text.ts'

/** The text both sides hash: the vendor's signing guide for `SDK-HMAC-SHA256`. */
export function canonicalRequest(call: Call, signedHeaders: readonly string[]): string {
  return [
    call.method,
    canonicalPath(call.path),
    canonicalQuery(call.query),
    ...signedHeaders.map((name) => `${name}:${headerText(call, name)}`),
    '',
    signedHeaders.join(';'),
    bodyHash(call),
  ].join('\n')
}

/** Unescapes and escapes each segment, so that every spelling has the same signature; ends in a slash. */
function canonicalPath(path: string): string {
  const escaped = path
    .split('/')
    .map((segment) => escapeText(unescapeText(segment)))
    .join('/')
  return escaped.endsWith('/') ? escaped : `${escaped}/`
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .sort(([key, value], [otherKey, otherValue]) => compare(key, otherKey) || compare(value, otherValue))
    .map(([key, value]) => `${escapeText(key)}=${escapeText(value)}`)
    .join('&')
}

/** Node reads a header's bytes as Latin-1; the SDKs sign them as the UTF-8 they are. */
function headerText(call: Call, name: string): string {
  const value = call.headers[name] ?? ''
  const text = Array.isArray(value) ? value.join(',') : value
  return Buffer.from(text, 'latin1').toString('utf8').trim()
}

/** The SDKs send the hash along, or `UNSIGNED-PAYLOAD`, where they do not read the body themselves. */
function bodyHash(call: Call): string {
  const announced = headerText(call, 'x-sdk-content-sha256')
  if (announced === 'UNSIGNED-PAYLOAD') return announced
  return createHash('sha256').update(call.bytes).digest('hex')
}

/** RFC 3986: everything but its unreserved characters. */
function escapeText(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function compare(text: string, other: string): number {
  return Buffer.compare(Buffer.from(text), Buffer.from(other))
}
