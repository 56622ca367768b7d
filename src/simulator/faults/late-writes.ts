import type { Pending } from './pending.ts'

/** Writes that the simulator executes after it has answered the call, unless they are cancelled first. */
export class LateWrites {
  readonly #pending: Pending
  readonly #timers = new Map<NodeJS.Timeout, () => void>()

  constructor(pending: Pending) {
    this.#pending = pending
  }

  add(afterMs: number, write: () => Promise<void>): void {
    const done = this.#pending.begin()
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      write().finally(done)
    }, afterMs)
    this.#timers.set(timer, done)
  }

  cancelAll(): void {
    for (const [timer, done] of this.#timers) {
      clearTimeout(timer)
      done()
    }
    this.#timers.clear()
  }
}
