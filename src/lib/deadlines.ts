/** Something that may take only so long. */
export interface Timed {
  /** When its time is up, on `performance.now()`'s clock. Whoever moves it to an earlier time says so by `sooner`. */
  readonly dueAt: number
  /** Told, once, that its time is up. */
  readonly onTimeout: () => void
  /** Where it stands among the others; theirs to set. */
  place: number
}

/**
 * Tells each of many when its time is up. One timer does for all of them: a timer for each would cost more than the rest of
 * what is done for a call. It is set for the first that is due, and what has ended by then is not told.
 *
 * They stand in an array, not in a `Set`: V8 lets go of a set's outgrown tables, and of all that they hold, only when it
 * clears its old space, and so would keep every call that was made meanwhile (ADR 11).
 */
export class Deadlines {
  readonly #timed: Timed[] = []
  #timer: NodeJS.Timeout | undefined
  #wakesAt = Number.POSITIVE_INFINITY

  add(timed: Timed): void {
    timed.place = this.#timed.push(timed) - 1
    this.sooner(timed)
  }

  sooner({ dueAt }: Timed): void {
    if (dueAt < this.#wakesAt) this.#wakeAt(dueAt)
  }

  /** Forgets what has ended. */
  delete(timed: Timed): void {
    if (this.#timed[timed.place] !== timed) return
    const last = this.#timed.pop()
    if (last === undefined || last === timed) return
    last.place = timed.place
    this.#timed[last.place] = last
  }

  #wakeAt(time: number): void {
    clearTimeout(this.#timer)
    this.#wakesAt = time
    // What is waited for holds a socket, which keeps the process alive by itself.
    this.#timer = setTimeout(() => this.#wake(), Math.max(0, time - performance.now())).unref()
  }

  #wake(): void {
    this.#wakesAt = Number.POSITIVE_INFINITY
    const now = performance.now()
    // Timers may end by less than a millisecond too early.
    const late = this.#timed.filter(({ dueAt }) => dueAt - now < 1)
    for (const timed of late) this.delete(timed)
    for (const timed of late) timed.onTimeout()
    for (const timed of this.#timed) this.sooner(timed)
  }
}
