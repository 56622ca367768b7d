/** When a batch is done: after all that has come on sockets in this turn, or after what is being done now. */
type When = 'AFTER_ARRIVALS' | 'AFTER_THIS'

/**
 * One step of many requests, done for all of them at once that have come to it in the same turn of the event loop. A
 * processor goes on faster with what it has just done for another request than with the next step of the same one: its
 * code and what it looks up are in the caches still (ADR 12). Nothing waits longer than for that turn.
 */
export class Batch<Item> {
  #items: Item[] = []
  readonly #handle: (item: Item) => void
  readonly #when: When

  /** @param handle should not throw: what it throws is an uncaught exception, though the other items are handled */
  constructor(when: When, handle: (item: Item) => void) {
    this.#when = when
    this.#handle = handle
  }

  add(item: Item): void {
    if (this.#items.push(item) > 1) return
    if (this.#when === 'AFTER_ARRIVALS') setImmediate(this.#run)
    else process.nextTick(this.#run)
  }

  readonly #run = (): void => {
    const items = this.#items
    this.#items = []
    for (const item of items) {
      try {
        this.#handle(item)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
