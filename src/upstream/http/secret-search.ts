/** Characters in a row that a text and a secret do not share by chance. */
const MIN_PART = 16
/** A part of `MIN_PART` holds one of these at a multiple of their distance. */
const PROBE = 8
const PROBE_DISTANCE = MIN_PART - PROBE + 1
/** Below this nothing is taken for a part of a secret, but only for the whole of one. */
const MIN_SECRET = 8
/** Texts may have been encoded by one program after the other. */
const MAX_DECODINGS = 3

/** Whether a name or an id is a secret, holds one, or is cut out of one. It costs next to nothing. */
export const isOfSecret = (text: string, secrets: readonly string[]): boolean =>
  secrets.some(
    (secret) =>
      secret !== '' && (text.includes(secret) || (text.length >= MIN_SECRET && secret.includes(text))),
  )

/** Whether a text that the gateway wrote, and in which it quotes a caller literally, holds a secret or a part of one. */
export const sharesSecret = (text: string, secrets: readonly string[]): boolean =>
  secrets.some((secret) => secret !== '' && (text.includes(secret) || sharesPart(text, secret)))

/**
 * Whether a text from another program holds a secret, or a part of one, in any of the ways in which programs write what they
 * were sent: as it is, percent-encoded, with the escapes of JSON or HTML, in lower case, in several lines.
 */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  if (isOfSecret(text, secrets) || sharesSecret(text, secrets)) return true
  const forms = decodings(text)
  return secrets.some((secret) => {
    if (secret === '') return false
    if (forms.some((form) => form.includes(secret))) return true
    const letters = lettersAndDigits(secret)
    if (letters.length < MIN_SECRET) return false
    return forms.some((form) => {
      const shown = lettersAndDigits(form)
      return shown.includes(letters) || sharesPart(shown, letters)
    })
  })
}

/** Without what encodings and line breaks differ in; base64's two alphabets differ in signs alone. */
const lettersAndDigits = (text: string): string => text.replaceAll(/[^A-Za-z0-9]+/g, '').toLowerCase()

function sharesPart(text: string, secret: string): boolean {
  if (secret.length < MIN_PART) return false
  for (let at = 0; at + PROBE <= text.length; at += PROBE_DISTANCE) {
    if (secret.includes(text.slice(at, at + PROBE)) && hasCommonPart(text, secret, at)) return true
  }
  return false
}

/** Whether the two share a part that lies around these characters of the text. */
function hasCommonPart(text: string, secret: string, probeAt: number): boolean {
  for (let at = Math.max(0, probeAt + PROBE - MIN_PART); at <= probeAt; at += 1) {
    const part = text.slice(at, at + MIN_PART)
    if (part.length === MIN_PART && secret.includes(part)) return true
  }
  return false
}

/** A text as it is, and decoded as long as there is something to decode. */
function decodings(text: string): string[] {
  const forms = [text]
  for (let form = text; forms.length <= MAX_DECODINGS; forms.push(form)) {
    const decoded = decode(form)
    if (decoded === form) break
    form = decoded
  }
  return forms
}

const decode = (text: string): string =>
  text.replaceAll(
    /%([0-9a-f]{2})|\\u([0-9a-f]{4})|\\x([0-9a-f]{2})|&#x([0-9a-f]{1,4});|&#([0-9]{1,5});|\\([/"\\])/gi,
    (_found, percent, unicode, escaped, entity, decimal, plain) => {
      if (plain !== undefined) return plain
      const hex = percent ?? unicode ?? escaped ?? entity
      return String.fromCharCode(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
    },
  )
