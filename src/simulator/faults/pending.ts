/** Counts what is still to be executed: received calls and late writes. */
export class Pending {
  readonly #things = new Set<symbol>()
  #onEmpty: (() => void)[] = []

  get count(): number {
    return this.#things.size
  }

  /** Returns the function that ends it; further calls of that function do nothing. */
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
