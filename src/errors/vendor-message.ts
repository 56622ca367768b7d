/**
 * What of the vendor's messages may be shown. Those of the management plane (`APIG.2xxx`, `APIG.3xxx`) speak of the
 * caller's own input and resources. All others are withheld: the front gateway's echo the access key and the canonical
 * request, and the vendor says that messages change, so nothing is lost.
 */
const MANAGEMENT_PLANE = /^APIG\.[23]\d{3}$/
const MAX_LENGTH = 300
/** More than is ever shown, so that nothing is cut where it could not be recognised any more. */
const MAX_READ_LENGTH = 2_000

/** What no message about the caller's own input speaks of: one that does is withheld whole. */
const SUSPICIOUS: readonly RegExp[] = [
  /authori[sz]ation|token|secret|passw|credential|signature|signed|canonical|x-sdk|encoded/i,
  /access.?key|\b(?:ak|sk)\b|\b[A-Z0-9]{20}\b|\beyJ[\w-]{8}/i, // key ids and web tokens
  /[A-Za-z0-9+/=_-]{65}/, // longer than any id: a token, a key, a signature
  /:\/\/|(?:[a-z0-9-]{1,63}\.){1,8}(?:com|eu|cn|net|org|io|internal|local|svc)\b|:\d{2,5}\b/i, // URLs, hosts, ports
  /exception|\bstack\b|\bat [\w$.<>]{1,200} ?\(|\.(?:java|js|ts|go|py)\b|(?:^|[\s(])\/\w/i, // stacks, paths
]

/** The vendor's message as far as it may be shown: one line, capped; `null` where it may not. */
export function publicMessage(errorCode: string | null, message: string | null): string | null {
  if (message === null || errorCode === null || !MANAGEMENT_PLANE.test(errorCode)) return null
  const start = message.slice(0, MAX_READ_LENGTH)
  if (SUSPICIOUS.some((pattern) => pattern.test(start))) return null
  const line = start.replaceAll(/[\p{C}\s]+/gu, ' ').trim()
  return line.length > MAX_LENGTH ? `${line.slice(0, MAX_LENGTH)}…` : line
}

const NAMED_PARAMETER = /parameter ?name ?: ?([A-Za-z_][A-Za-z0-9_.[\]]{0,199})/i

/** The REST parameter that a message names: `parameter name:members`, `parameterName:name. Please …`. */
export function namedParameter(message: string | null): string | null {
  const name = message === null ? undefined : NAMED_PARAMETER.exec(message.slice(0, MAX_READ_LENGTH))?.[1]
  return name === undefined ? null : name.replace(/(?<!\.)\.+$/, '')
}

/** The words of a message that may be ids or names of the caller's own. */
export type Quoted = ReadonlySet<string>

/** Words of a sentence have neither a digit nor a hyphen in them; a server could be called `cloud` all the same. */
export const quotedBy = (message: string | null): Quoted =>
  new Set(
    message
      ?.slice(0, MAX_READ_LENGTH)
      .match(/[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*/gu)
      ?.filter((word) => /[\d_-]/.test(word)),
  )
