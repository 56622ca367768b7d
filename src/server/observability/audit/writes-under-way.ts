import type { CallRecord } from '../../../upstream/client/call-context.ts'
import type { BegunWrite } from './write-report.ts'

export interface WriteUnderWay {
  readonly begun: BegunWrite
  /** Whether a REST call was about to leave for it. */
  hasBegun: boolean
  readonly calls: readonly CallRecord[]
  /** Where it is in the list. */
  place: number
}

/** The writes that have not ended. A list, as the outgrown table of a `Set` would hold those that have (ADR 11). */
export class WritesUnderWay {
  readonly #writes: WriteUnderWay[] = []

  add(begun: BegunWrite, calls: readonly CallRecord[]): WriteUnderWay {
    const write = { begun, hasBegun: false, calls, place: this.#writes.length }
    this.#writes.push(write)
    return write
  }

  remove(write: WriteUnderWay): void {
    const last = this.#writes.pop()
    if (last === undefined || last === write) return
    this.#writes[write.place] = last
    last.place = write.place
  }

  all(): readonly WriteUnderWay[] {
    return this.#writes
  }
}
