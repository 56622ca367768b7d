/** Writes whose callers were turned away, until they are done or called off. */
export class LateWrites {
  readonly #timers = new Set<NodeJS.Timeout>()

  add(afterMs: number, write: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      write()
    }, afterMs)
    this.#timers.add(timer)
  }

  callOff(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }
}
