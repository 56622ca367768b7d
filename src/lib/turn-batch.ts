/** When a batch is done: after what is being done now; after all that has come on sockets in this turn of the event loop. */
type When = keyof typeof SCHEDULES

const SCHEDULES = {
  AFTER_THIS: (run: () => void) => process.nextTick(run),
  AFTER_ARRIVALS: (run: () => void) => setImmediate(run),
} as const

/**
 * What many requests come to in the same turn of the event loop, done for all of them step by step. A processor does the
 * same step for another request faster than the next step of the same one: it has its code, and what that looks up, at
 * hand still (ADR 13). Nothing waits for longer than this turn.
 */
export class TurnBatch<Item> {
  #items: (Item | undefined)[] = []
  readonly #schedule: (run: () => void) => void
  readonly #steps: readonly ((item: Item) => void)[]
  readonly #failed: (item: Item, error: unknown) => void

  /** @param failed told of an item that a step threw for: no more is done for it, and all is for the others */
  constructor(
    when: When,
    steps: readonly ((item: Item) => void)[],
    failed: (item: Item, error: unknown) => void,
  ) {
    this.#schedule = SCHEDULES[when]
    this.#steps = steps
    this.#failed = failed
  }

  add(item: Item): void {
    if (this.#items.push(item) === 1) this.#schedule(this.#run)
  }

  readonly #run = (): void => {
    const items = this.#items
    this.#items = []
    for (const step of this.#steps) {
      for (let index = 0; index < items.length; index += 1) {
        const item = items[index]
        if (item === undefined) continue
        try {
          step(item)
        } catch (error) {
          items[index] = undefined
          this.#failed(item, error)
        }
      }
    }
  }
}
