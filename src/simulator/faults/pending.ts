/** What is still to be done: calls that have come and are not acted upon yet, and late writes. */
export class Pending {
  readonly #things = new Set<symbol>()
  #onEmpty: (() => void)[] = []

  get count(): number {
    return this.#things.size
  }

  /** Answers what is to be called in the end, once or more often. */
  begin(): () => void {
    const thing = Symbol('pending')
    this.#things.add(thing)
    return () => {
      this.#things.delete(thing)
      if (this.#things.size > 0) return
      for (const resolve of this.#onEmpty.splice(0)) resolve()
    }
  }

  /** Resolves once nothing is pending. */
  async done(): Promise<void> {
    if (this.count > 0) await new Promise<void>((resolve) => this.#onEmpty.push(resolve))
  }
}
