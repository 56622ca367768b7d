import { ChunkedBody } from './chunked-body.ts'
import { ResponseFault, type ResponseHead, readResponseHead } from './response-head.ts'

/** Bytes that a response's head may have, like those of a request. */
const MOST_HEAD = 16_384

/** The body is longer than whoever has asked wants to read. */
export class BodyTooLong extends ResponseFault {}

/**
 * Reads one response from what comes on a connection, however it is cut. It reads bytes as latin1, one character each:
 * most responses come whole, in one piece, and of ASCII alone, and are then read from there without a copy.
 */
export class ResponseReader {
  readonly #mostBody: number
  #isAscii = true
  /** What has come of the head, then of the body. */
  #held = ''
  #chunks: ChunkedBody | undefined
  /** There once all of it has come. */
  head: ResponseHead | undefined
  /** There once all of it has come. */
  body: string | undefined

  /** @param mostBody bytes that the body may have */
  constructor(mostBody: number) {
    this.#mostBody = mostBody
  }

  /**
   * Reads on, up to the end of the response.
   *
   * @param text as latin1
   * @returns whether something came after the response
   * @throws {ResponseFault}
   */
  read(text: string, isAscii: boolean): boolean {
    this.#isAscii &&= isAscii
    let rest = text
    while (this.head === undefined) {
      rest = this.#held + rest
      const end = rest.indexOf('\r\n\r\n')
      // Where it is not whole, three characters of its end may be there.
      if (end > MOST_HEAD || (end < 0 && rest.length > MOST_HEAD + 3))
        throw new ResponseFault('too long a head')
      this.#held = end < 0 ? rest : ''
      if (end < 0) return false
      this.#headCame(readResponseHead(rest.slice(0, end + 2)))
      rest = rest.slice(end + 4)
    }
    return this.#readBody(rest, this.head)
  }

  /**
   * The connection has ended.
   *
   * @throws {ResponseFault} unless that is the end of the body
   */
  ended(): void {
    if (this.head?.body !== 'UNTIL_CLOSE') throw new ResponseFault('the connection has ended')
    this.body = this.#decoded(this.#held)
  }

  /** One of 1xx only says that another will follow. */
  #headCame(head: ResponseHead): void {
    if (head.status === 101) throw new ResponseFault('another protocol')
    if (head.status < 200) return
    if (typeof head.body === 'number') this.#limit(head.body)
    this.head = head
  }

  #readBody(text: string, { body }: ResponseHead): boolean {
    if (body === 'CHUNKED') {
      this.#chunks ??= new ChunkedBody()
      const read = this.#chunks.read(text)
      this.#limit(this.#chunks.body.length)
      if (this.#chunks.isWhole) this.body = this.#decoded(this.#chunks.body)
      return read < text.length
    }
    this.#held += text
    if (body === 'UNTIL_CLOSE') {
      this.#limit(this.#held.length)
      return false
    }
    if (this.#held.length < body) return false
    this.body = this.#decoded(this.#held.slice(0, body))
    return this.#held.length > body
  }

  #limit(bytes: number): void {
    if (bytes > this.#mostBody) throw new BodyTooLong('too long a body')
  }

  /** UTF-8, whatever is announced: the cloud writes nothing else. */
  #decoded(latin1: string): string {
    return this.#isAscii ? latin1 : Buffer.from(latin1, 'latin1').toString('utf8')
  }
}
