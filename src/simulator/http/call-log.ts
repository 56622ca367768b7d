import type { IncomingHttpHeaders } from 'node:http'
import type { Write } from '../cloud/cloud.ts'

/** One REST call as the simulator saw it, kept for tests to count and inspect. */
export interface RecordedCall {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
  /** Parsed JSON; the text where it is none; undefined where there was no body, or none was read. */
  readonly body: unknown
  /** Null while the call is under way, and for ever where a fault cut it off; of a late write without an answer, its own in the end. */
  readonly status: number | null
  /** What the call has changed so far, late writes included. */
  readonly writes: readonly Write[]
}

/** A record while its call goes on. */
export type OpenRecord = { -readonly [Key in keyof RecordedCall]: RecordedCall[Key] } & {
  readonly writes: Write[]
}

export class CallLog {
  readonly #calls: RecordedCall[] = []
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  get calls(): readonly RecordedCall[] {
    return this.#calls
  }

  add(call: OpenRecord): OpenRecord {
    this.#calls.push(call)
    if (this.#calls.length > this.#limit) this.#calls.shift()
    return call
  }

  clear(): void {
    this.#calls.length = 0
  }
}
