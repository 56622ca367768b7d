/** No slot became free, or too many calls wait for one already. */
export class BulkheadFull extends Error {
  override readonly name = 'BulkheadFull'
}

export interface BulkheadSettings {
  /** Calls in flight, of all callers and of one. */
  readonly inFlight: number
  readonly inFlightPerCaller: number
  /** Calls that may wait, of all callers and of one, and the milliseconds that each may wait. */
  readonly queue: number
  readonly queuePerCaller: number
  readonly queueMs: number
}

interface Waiting {
  readonly caller: string
  readonly enter: () => void
}

/** Limits the calls in flight to an upstream, and those that wait, so that one caller cannot take all of them. */
export class Bulkhead {
  readonly #settings: BulkheadSettings
  /** The calls in flight by caller. Few, so a list is searched as fast as a map. */
  readonly #holders: { readonly caller: string; calls: number }[] = []
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
   * Takes a slot: at once, where the result is `undefined`, or when the promise resolves. The call must `release` it.
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

  /** Returns a slot, which the first waiting call that may have it takes. */
  release(caller: string): void {
    this.#inFlight -= 1
    const index = this.#holders.findIndex((one) => one.caller === caller)
    const holder = this.#holders[index]
    if (holder !== undefined) {
      holder.calls -= 1
      if (holder.calls === 0) this.#holders.splice(index, 1)
    }
    if (this.#waiting.length === 0) return
    const next = this.#waiting.findIndex((waiting) => this.#isFree(waiting.caller))
    if (next >= 0) this.#waiting.splice(next, 1)[0]?.enter()
  }

  #enter(caller: string): void {
    this.#inFlight += 1
    const holder = this.#holderOf(caller)
    if (holder === undefined) this.#holders.push({ caller, calls: 1 })
    else holder.calls += 1
  }

  #isFree(caller: string): boolean {
    return (this.#holderOf(caller)?.calls ?? 0) < this.#settings.inFlightPerCaller
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
