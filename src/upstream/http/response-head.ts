/** The head of a response. */
export interface ResponseHead {
  readonly status: number
  readonly headers: HeaderFields
  /** What the body is: so many bytes, chunks, or all that comes until the connection closes. */
  readonly body: number | 'CHUNKED' | 'UNTIL_CLOSE'
  /** Milliseconds for which the server keeps the connection for another request; 0: it does not. */
  readonly keptMs: number
}

/** A response that is not HTTP/1.1, or not in one certain way: nothing of it can be trusted. */
export class ResponseFault extends Error {
  override readonly name = 'ResponseFault'
}

/** Header fields, found in the text of a head when they are asked for: few of them ever are. */
export class HeaderFields {
  readonly #text: string
  readonly #lowerCase: string

  /** @param text a head, each line with its end */
  constructor(text: string) {
    this.#text = text
    this.#lowerCase = text.toLowerCase()
  }

  /** The value of a field; where it came several times, all of them with commas between. `name` is in lower case. */
  get(name: string): string | undefined {
    const sought = `\n${name}:`
    let found: string | undefined
    for (let at = this.#lowerCase.indexOf(sought); at >= 0; at = this.#lowerCase.indexOf(sought, at + 1)) {
      const value = withoutBlanks(this.#text.slice(at + sought.length, this.#text.indexOf('\r', at)))
      found = found === undefined ? value : `${found}, ${value}`
    }
    return found
  }
}

/** A value without the blanks around it. `trim` would take away bytes, too, that are blanks in latin1 alone. */
function withoutBlanks(text: string): string {
  let [from, to] = [0, text.length]
  while (from < to && isBlank(text, from)) from += 1
  while (to > from && isBlank(text, to - 1)) to -= 1
  return text.slice(from, to)
}

const isBlank = (text: string, at: number): boolean => text[at] === ' ' || text[at] === '\t'

/** A status line and header fields, each with its end of line (RFC 9112, sections 4 and 5; RFC 9110, section 5.5). */
const HEAD =
  /^HTTP\/1\.[01] [1-9]\d\d(?: [\t\x20-\x7e\x80-\xff]*)?\r\n(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e\x80-\xff]*\r\n)*$/

/** How long undici, too, keeps a connection whose server says nothing of it. */
export const UNTOLD_KEPT_MS = 4_000
/** The request has to be there before the server's time is up. */
const AHEAD_MS = 2_000
const LONGEST_KEPT_MS = 600_000

/**
 * Reads a response's head, as latin1, the empty line after it left out. Of a response that says in two ways how long it is,
 * none is taken for the right one.
 *
 * @throws {ResponseFault}
 */
export function readResponseHead(text: string): ResponseHead {
  if (!HEAD.test(text)) throw new ResponseFault('no head of a response')
  const status = Number(text.slice(9, 12))
  const headers = new HeaderFields(text)
  const body = bodyOf(status, headers)
  return { status, headers, body, keptMs: body === 'UNTIL_CLOSE' ? 0 : keptMs(text, headers) }
}

/** How long the body of an answer to GET, POST or PUT is: RFC 9112, section 6.3. */
function bodyOf(status: number, headers: HeaderFields): ResponseHead['body'] {
  if (status < 200 || status === 204 || status === 304) return 0
  const length = headers.get('content-length')
  const coding = headers.get('transfer-encoding')
  if (coding !== undefined) {
    if (coding.toLowerCase() !== 'chunked' || length !== undefined)
      throw new ResponseFault('no certain length')
    return 'CHUNKED'
  }
  if (length === undefined) return 'UNTIL_CLOSE'
  if (!/^\d{1,15}$/.test(length)) throw new ResponseFault('no certain length')
  return Number(length)
}

function keptMs(text: string, headers: HeaderFields): number {
  const connection = headers.get('connection') ?? ''
  if (text.startsWith('HTTP/1.0') || /\bclose\b/i.test(connection)) return 0
  const keepAlive = headers.get('keep-alive')
  const told = keepAlive && /\btimeout=(\d{1,6})\b/i.exec(keepAlive)?.[1]
  if (told === undefined) return UNTOLD_KEPT_MS
  return Math.min(LONGEST_KEPT_MS, Math.max(0, Number(told) * 1000 - AHEAD_MS))
}
