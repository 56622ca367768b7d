import { sameEnd, type WriteEnd } from '../../../operations/write-record.ts'
import type { CallRecord } from '../../../upstream/client/call-context.ts'
import type { BegunWrite } from './write-report.ts'

export interface WriteUnderWay {
  readonly begun: BegunWrite
  /** Whether a REST call was about to leave for it. */
  hasBegun: boolean
  readonly calls: readonly CallRecord[]
  /** Its index in the list. */
  index: number
}

/** The writes that have not ended. A list, as the outgrown table of a `Set` would hold those that have (ADR 11). */
export class WritesUnderWay {
  readonly #writes: WriteUnderWay[] = []

  add(begun: BegunWrite, calls: readonly CallRecord[]): WriteUnderWay {
    const write = { begun, hasBegun: false, calls, index: this.#writes.length }
    this.#writes.push(write)
    return write
  }

  remove(write: WriteUnderWay): void {
    const last = this.#writes.pop()
    if (last === undefined || last === write) return
    this.#writes[write.index] = last
    last.index = write.index
  }

  all(): readonly WriteUnderWay[] {
    return this.#writes
  }
}

/** The end of a write that the process does not wait for. */
export const interruptedEnd = ({ begun, hasBegun, calls }: WriteUnderWay): WriteEnd =>
  hasBegun
    ? sameEnd(begun.asked, { outcome: 'UNKNOWN', effect: 'UNKNOWN' }, calls)
    : sameEnd(begun.asked, { outcome: 'NOT_ATTEMPTED', effect: 'NOT_APPLIED' }, calls)
