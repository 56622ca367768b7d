import type { Clock } from './timestamp.ts'

/** A clock that may be fast or slow. */
export class OffsetClock {
  readonly #clock: Clock
  offsetMs: number

  constructor(clock: Clock, offsetMs: number) {
    this.#clock = clock
    this.offsetMs = offsetMs
  }

  readonly now = (): Date => new Date(this.#clock().getTime() + this.offsetMs)
}
