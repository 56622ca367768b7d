import type { IncomingHttpHeaders } from 'node:http'
import type { JsonObject } from './json.ts'

/** A request, read to its end. */
export interface Call {
  readonly method: string
  /** As it came, escapes and all: a signature covers it. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  /** The body's exact bytes: a signature covers them too. */
  readonly bytes: Buffer
  /** The body that is acted upon. It differs from `bytes` only where a fault rewrote it. */
  readonly body: string
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object goes out as JSON, a string as it stands, and without a body only the headers do. */
  readonly body?: JsonObject | string
}
