/**
 * Which of the vendor's messages callers may see. Those of the management plane (`APIG.2xxx`, `APIG.3xxx`) describe the
 * caller's input and resources. The gateway withholds all others: the messages of the vendor's front gateway echo the access
 * key and the canonical request.
 */
const MANAGEMENT_PLANE = /^APIG\.[23]\d{3}$/
const MAX_LENGTH = 300
/** Longer than `MAX_LENGTH`: a secret cut in two at the end of what is read is never shown. */
const MAX_READ_LENGTH = 2_000

/** What no message about the caller's input contains: a message that does is withheld. */
const SUSPICIOUS: readonly RegExp[] = [
  /authori[sz]ation|token|secret|passw|credential|signature|signed|canonical|x-sdk|encoded/i,
  /access.?key|\b(?:ak|sk)\b|\b[A-Z0-9]{20}\b|\beyJ[\w-]{8}/i, // key ids and web tokens
  /[A-Za-z0-9+/=_-]{65}/, // longer than any id: a token, a key, a signature
  /:\/\/|(?:[a-z0-9-]{1,63}\.){1,8}(?:com|eu|cn|net|org|io|internal|local|svc)\b|:\d{2,5}\b/i, // URLs, hosts, ports
  /exception|\bstack\b|\bat [\w$.<>]{1,200} ?\(|\.(?:java|js|ts|go|py)\b|(?:^|[\s(])\/\w/i, // stacks, paths
]

/** The vendor's message in one line, cut to `MAX_LENGTH`; `null` where callers must not see it. */
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

/** The words of a message that may be ids or names from the caller's input. */
export type Quoted = ReadonlySet<string>

/** Only words with a digit, a hyphen or an underscore: other words are probably part of the sentence, though a server may be called `cloud`. */
export const quotedBy = (message: string | null): Quoted =>
  new Set(
    message
      ?.slice(0, MAX_READ_LENGTH)
      .match(/[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*/gu)
      ?.filter((word) => /[\d_-]/.test(word)),
  )
