import type { IncomingHttpHeaders } from 'node:http'
import type { JsonObject } from './json.ts'

/** A request, read to its end. */
export interface Call {
  readonly method: string
  /** As it was sent, with its escapes: a signature covers it. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** The body's exact bytes: a signature covers them too. */
  readonly bytes: Buffer
  /** The body that the service reads. It differs from `bytes` only where a fault rewrote it. */
  readonly body: string
  /** The age of the state that a read answers. */
  readonly lag?: ReadLag
  /** Swaps the spellings of times: nanoseconds where seconds are usual, and the reverse. */
  readonly swapsTimes?: boolean
}

export interface ReadLag {
  /** Age of a list's items. */
  readonly listMs?: number
  /** Age of a list's `total`. */
  readonly totalMs?: number
  /** Age of one channel and its parts. */
  readonly showMs?: number
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object is sent as JSON, a string unchanged. */
  readonly body?: JsonObject | string
}
