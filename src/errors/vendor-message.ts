/**
 * What of the vendor's messages may be shown. Those of the management plane (`APIG.2xxx`, `APIG.3xxx`) speak of the
 * caller's own input and resources. All others are withheld: the front gateway's echo the access key and the canonical
 * request, and the vendor says that messages change, so nothing is lost.
 */
const MANAGEMENT_PLANE = /^APIG\.[23]\d{3}$/
const LONGEST = 300

const SECRETS_AND_PLACES: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s"'<>]{1,2000}/gi, // URLs
  /\b(?:[a-z0-9-]{1,63}\.){1,10}(?:com|eu|cn|net|org|internal|local)\b(?::\d+)?/gi, // host names
  /\b(?:access|signedheaders|signature|authorization|x-[a-z-]{1,40}token|password|secret|ak|sk)\b["']?\s*[=:]\s*\S{1,2000}/gi,
  /[A-Za-z0-9+/=_-]{65,}/g, // longer than any id: a token, a key, a signature
]

/** The vendor's message as far as it may be shown: one line, capped, nothing secret or internal in it. */
export function publicMessage(
  errorCode: string | null,
  message: string | null,
  token: string,
): string | null {
  if (message === null || errorCode === null || !MANAGEMENT_PLANE.test(errorCode)) return null
  // Capped before and after: the patterns never see a megabyte, the caller never sees more than a line.
  const line = message.slice(0, LONGEST * 10).replaceAll(/[\p{Cc}\s]+/gu, ' ')
  const cleared = SECRETS_AND_PLACES.reduce(
    (text, pattern) => text.replaceAll(pattern, '…'),
    token.length > 0 ? line.replaceAll(token, '…') : line,
  ).trim()
  return cleared.length > LONGEST ? `${cleared.slice(0, LONGEST)}…` : cleared
}

const NAMED_PARAMETER = /parameter ?name ?: ?([A-Za-z_][A-Za-z0-9_.[\]]{0,199})/i

/** The REST parameter that a message names: `parameter name:members`, `parameterName:name. Please …`. */
export function namedParameter(message: string | null): string | null {
  const name = message === null ? undefined : NAMED_PARAMETER.exec(message.slice(0, 2_000))?.[1]
  return name === undefined ? null : name.replace(/\.+$/, '')
}
