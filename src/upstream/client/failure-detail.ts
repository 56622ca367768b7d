import type { ExchangeError } from '../http/exchange-error.ts'
import { holdsSecret } from '../http/secret-search.ts'
import { plainWords } from './plain-words.ts'

const MAX_LENGTH = 300

/** What the messages of Node and undici do not say plainly. */
const PLAIN: Readonly<Record<string, string>> = {
  UND_ERR_HEADERS_OVERFLOW: 'the headers of the response are longer than MAX_UPSTREAM_HEADER_BYTES',
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: 'the server speaks no HTTP/1.1, perhaps HTTP/2 only',
  HPE_INVALID_CONSTANT: 'the response is not HTTP/1.1',
}

/** Why there is no response: `getaddrinfo ENOTFOUND apig.example`. Operators read it; it does not reach callers. */
export function detailOfExchange({ message, cause }: ExchangeError): string {
  if (!(cause instanceof Error)) return message
  const { code } = cause as NodeJS.ErrnoException
  // Node tries several addresses, and keeps what happened to each.
  const [first] = cause instanceof AggregateError ? cause.errors : []
  const text = cause.message === '' && first instanceof Error ? first.message : cause.message
  const plain = code === undefined ? text : (PLAIN[code] ?? text)
  return code === undefined || plain.includes(code) ? plain : `${code}: ${plain}`
}

/** A smaller difference can come from the response's way and from the whole seconds of `Date`. */
const MIN_CLOCK_DIFFERENCE_S = 5

/** The vendor's text of a 401, and how far its clock differs from ours: tokens and signatures expire by it. */
export function detailOfRefusal(
  message: string | null,
  date: string | undefined,
  now: number,
): string | null {
  const ahead = Math.round((Date.parse(date ?? '') - now) / 1000)
  const isApart = Math.abs(ahead) >= MIN_CLOCK_DIFFERENCE_S
  const clock = `its clock is ${Math.abs(ahead)} s ${ahead < 0 ? 'behind' : 'ahead of'} ours`
  return [...(message === null ? [] : [plainWords(message)]), ...(isApart ? [clock] : [])].join('; ') || null
}

/** A detail that may be logged: bounded, and withheld where it holds a secret of the request. */
export const loggable = (detail: string | null, secrets: readonly string[]): string | null => {
  if (detail === null) return null
  return holdsSecret(detail, secrets) ? '(withheld)' : detail.slice(0, MAX_LENGTH)
}
