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
  /** How far behind the cloud's state a read looks. */
  readonly lag?: ReadLag
  /** Times are spelt the other way round: nanoseconds where seconds are usual. */
  readonly swapsTimes?: boolean
}

export interface ReadLag {
  /** Of a list's items. */
  readonly listMs?: number
  /** Of a list's `total`: as its items unless given. */
  readonly totalMs?: number
  /** Of one channel and its parts. */
  readonly showMs?: number
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** An object goes out as JSON, a string as it stands, and without a body only the headers do. */
  readonly body?: JsonObject | string
}
