/** Something with a deadline. */
export interface Timed {
  /** The deadline on `performance.now()`'s clock. An owner that moves it to an earlier time calls `sooner`. */
  readonly dueAt: number
  /** Runs once, when the deadline has passed. */
  readonly onTimeout: () => void
  /** Its index in the list of `Deadlines`, which alone sets it. */
  index: number
}

/**
 * Runs `onTimeout` of whatever has passed its deadline. All share one timer, which is set for the earliest deadline: a timer
 * for each would cost more than the rest of a call.
 *
 * They are kept in an array, not in a `Set`: V8 frees a set's outgrown tables, and all that they hold, only when it collects
 * the old generation, and would keep every call until then (ADR 11).
 */
export class Deadlines {
  readonly #timed: Timed[] = []
  #timer: NodeJS.Timeout | undefined
  #wakesAt = Number.POSITIVE_INFINITY

  add(timed: Timed): void {
    timed.index = this.#timed.push(timed) - 1
    this.sooner(timed)
  }

  sooner({ dueAt }: Timed): void {
    if (dueAt < this.#wakesAt) this.#wakeAt(dueAt)
  }

  /** Forgets one that has ended. */
  delete(timed: Timed): void {
    if (this.#timed[timed.index] !== timed) return
    const last = this.#timed.pop()
    if (last === undefined || last === timed) return
    last.index = timed.index
    this.#timed[last.index] = last
  }

  #wakeAt(time: number): void {
    clearTimeout(this.#timer)
    this.#wakesAt = time
    // Every REST call holds a socket, which keeps the process alive.
    this.#timer = setTimeout(() => this.#wake(), Math.max(0, time - performance.now())).unref()
  }

  #wake(): void {
    this.#wakesAt = Number.POSITIVE_INFINITY
    const now = performance.now()
    // Timers may end by less than a millisecond too early.
    const overdue = this.#timed.filter(({ dueAt }) => dueAt - now < 1)
    for (const timed of overdue) this.delete(timed)
    for (const timed of overdue) timed.onTimeout()
    for (const timed of this.#timed) this.sooner(timed)
  }
}
