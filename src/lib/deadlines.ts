/** Something with a deadline. */
export interface Timed {
  /** The deadline, on the clock of `performance.now()`. Call `sooner` after moving it to an earlier time. */
  readonly dueAt: number
  /** Called once, after the deadline. */
  readonly onTimeout: () => void
  /** Index in the list of `Deadlines`, which sets it. */
  place: number
}

/**
 * Calls `onTimeout` of each item after its deadline, with one timer for all: a timer per REST call would cost more than the rest
 * of the call. The timer is set for the earliest deadline.
 *
 * The list is an array and not a `Set`: V8 frees the outgrown tables of a set, and the calls that they refer to, only when it
 * collects its old space (ADR 11).
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

  /** Removes an item that has ended. */
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
    // The sockets of the calls keep the process alive; the timer need not.
    this.#timer = setTimeout(() => this.#wake(), Math.max(0, time - performance.now())).unref()
  }

  #wake(): void {
    this.#wakesAt = Number.POSITIVE_INFINITY
    const now = performance.now()
    // Timers can fire less than a millisecond early.
    const late = this.#timed.filter(({ dueAt }) => dueAt - now < 1)
    for (const timed of late) this.delete(timed)
    for (const timed of late) timed.onTimeout()
    for (const timed of this.#timed) this.sooner(timed)
  }
}
