import { ResponseFault } from './response-head.ts'

/** Characters that may stand between two chunks, or after the last one: nobody needs more. */
const MOST_BETWEEN = 16_384

/** A chunk's size, and extensions that nobody reads. */
const SIZE = /^([0-9A-Fa-f]{1,8})[\t ]*(?:;[\t\x20-\x7e\x80-\xff]*)?$/

/** Reads a body that comes in chunks (RFC 9112, section 7.1), however those are cut. Trailer fields are not kept. */
export class ChunkedBody {
  #next: 'SIZE' | 'DATA' | 'DATA_END' | 'TRAILER' | 'NOTHING' = 'SIZE'
  /** Bytes of the chunk that are still to come. */
  #left = 0
  /** A line that has begun. */
  #line = ''
  #between = 0
  /** What the chunks held so far. */
  body = ''

  get isWhole(): boolean {
    return this.#next === 'NOTHING'
  }

  /**
   * Reads on.
   *
   * @param text as latin1
   * @returns how much of it belongs to the body
   * @throws {ResponseFault}
   */
  read(text: string): number {
    let at = 0
    while (at < text.length && this.#next !== 'NOTHING') {
      at = this.#next === 'DATA' ? this.#readData(text, at) : this.#readLine(text, at)
    }
    return at
  }

  #readData(text: string, from: number): number {
    const part = text.slice(from, from + this.#left)
    this.body += part
    this.#between = 0
    this.#left -= part.length
    if (this.#left === 0) this.#next = 'DATA_END'
    return from + part.length
  }

  #readLine(text: string, from: number): number {
    const found = text.indexOf('\n', from)
    const to = found < 0 ? text.length : found + 1
    this.#between += to - from
    if (this.#between > MOST_BETWEEN) throw new ResponseFault('too much between chunks')
    this.#line += text.slice(from, to)
    if (found >= 0) {
      if (!this.#line.endsWith('\r\n')) throw new ResponseFault('no end of a line')
      this.#lineCame(this.#line.slice(0, -2))
      this.#line = ''
    }
    return to
  }

  #lineCame(line: string): void {
    if (this.#next === 'SIZE') {
      const size = SIZE.exec(line)?.[1]
      if (size === undefined) throw new ResponseFault('no size of a chunk')
      this.#left = Number.parseInt(size, 16)
      this.#next = this.#left === 0 ? 'TRAILER' : 'DATA'
    } else if (this.#next === 'TRAILER') {
      if (line === '') this.#next = 'NOTHING'
    } else {
      if (line !== '') throw new ResponseFault('no end of a chunk')
      this.#next = 'SIZE'
    }
  }
}
