/** Something that may take only so long. */
export interface Timed {
  /** When its time is up, on `performance.now()`'s clock. Whoever moves it to an earlier time says so by `sooner`. */
  readonly dueAt: number
  /** Told, once, that its time is up. */
  readonly late: () => void
}

/**
 * Tells each of many when its time is up. One timer does for all of them: a timer for each would cost more than the rest of
 * what is done for a call. It is set for the first that is due, and what has ended by then is not told.
 */
export class Deadlines {
  readonly #timed = new Set<Timed>()
  #timer: NodeJS.Timeout | undefined
  #wakesAt = Number.POSITIVE_INFINITY

  add(timed: Timed): void {
    this.#timed.add(timed)
    this.sooner(timed)
  }

  sooner({ dueAt }: Timed): void {
    if (dueAt < this.#wakesAt) this.#wakeAt(dueAt)
  }

  /** Forgets what has ended. */
  delete(timed: Timed): void {
    this.#timed.delete(timed)
  }

  #wakeAt(time: number): void {
    clearTimeout(this.#timer)
    this.#wakesAt = time
    // What is waited for holds a socket, which keeps the process alive by itself.
    this.#timer = setTimeout(() => this.#wake(), time - performance.now()).unref()
  }

  #wake(): void {
    this.#wakesAt = Number.POSITIVE_INFINITY
    const now = performance.now()
    let next = Number.POSITIVE_INFINITY
    for (const timed of this.#timed) {
      // Timers may end by less than a millisecond too early.
      if (timed.dueAt - now >= 1) next = Math.min(next, timed.dueAt)
      else {
        this.#timed.delete(timed)
        timed.late()
      }
    }
    // Whoever was late may have begun something that is due sooner.
    if (next < this.#wakesAt) this.#wakeAt(next)
  }
}
