/** Thrown where no place is to be had. */
export class BulkheadFull extends Error {
  override readonly name = 'NoPlace'
}

export interface BulkheadSettings {
  /** Places for all, and for one caller. */
  readonly inFlight: number
  readonly inFlightPerCaller: number
  /** How many may wait for one, how many of them of one caller, and for how many milliseconds. */
  readonly queue: number
  readonly queuePerCaller: number
  readonly queueMs: number
}

interface Waiting {
  readonly caller: string
  readonly enter: () => void
}

/** An upstream's places for calls in flight (a bulkhead), and those to wait for one: one caller cannot take them all. */
export class Bulkhead {
  readonly #settings: BulkheadSettings
  /** Who holds places. Few, and soon looked through. */
  readonly #holders: { readonly caller: string; places: number }[] = []
  readonly #waiting: Waiting[] = []
  #inFlight = 0

  constructor(settings: BulkheadSettings) {
    this.#settings = settings
  }

  get inFlight(): number {
    return this.#inFlight
  }

  get queued(): number {
    return this.#waiting.length
  }

  /**
   * Takes a place: at once, where nothing is answered, or when the promise resolves. Whoever has one gives it back.
   *
   * @throws {BulkheadFull} where too many wait, or (rejected) the wait was too long
   */
  acquire(caller: string): Promise<void> | undefined {
    if (this.#inFlight < this.#settings.inFlight && this.#isFree(caller)) {
      this.#enter(caller)
      return undefined
    }
    if (this.#waiting.length >= this.#settings.queue) throw new BulkheadFull()
    if (this.#waitingOf(caller) >= this.#settings.queuePerCaller) throw new BulkheadFull()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        reject(new BulkheadFull())
      }, this.#settings.queueMs)
      const waiting = {
        caller,
        enter: () => {
          clearTimeout(timer)
          this.#enter(caller)
          resolve()
        },
      }
      this.#waiting.push(waiting)
    })
  }

  /** Gives a place back, to the first who may have it. */
  release(caller: string): void {
    this.#inFlight -= 1
    const index = this.#holders.findIndex((one) => one.caller === caller)
    const holder = this.#holders[index]
    if (holder !== undefined) {
      holder.places -= 1
      if (holder.places === 0) this.#holders.splice(index, 1)
    }
    if (this.#waiting.length === 0) return
    const next = this.#waiting.findIndex((waiting) => this.#isFree(waiting.caller))
    if (next >= 0) this.#waiting.splice(next, 1)[0]?.enter()
  }

  #enter(caller: string): void {
    this.#inFlight += 1
    const holder = this.#holderOf(caller)
    if (holder === undefined) this.#holders.push({ caller, places: 1 })
    else holder.places += 1
  }

  #isFree(caller: string): boolean {
    return (this.#holderOf(caller)?.places ?? 0) < this.#settings.inFlightPerCaller
  }

  #waitingOf(caller: string): number {
    let count = 0
    for (const waiting of this.#waiting) if (waiting.caller === caller) count += 1
    return count
  }

  #holderOf(caller: string) {
    return this.#holders.find((one) => one.caller === caller)
  }
}
