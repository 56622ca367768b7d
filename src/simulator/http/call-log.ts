import type { IncomingHttpHeaders } from 'node:http'
import type { Write } from '../cloud/cloud.ts'

/** One REST call as the simulator saw it, kept for tests to count and inspect. */
export interface RecordedCall {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: IncomingHttpHeaders
  /** Parsed JSON, or the text where it is not JSON; `undefined` without a body, or where none was read. */
  readonly body: unknown
  /** `null` until the call is answered, and where a fault cut it off. A late write without an answer sets it in the end. */
  readonly status: number | null
  /** The writes of the call so far, late ones included. */
  readonly writes: readonly Write[]
}

/** The record of a call that is being handled. */
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
