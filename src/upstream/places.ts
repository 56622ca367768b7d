/** Thrown where no place is to be had. */
export class NoPlace extends Error {
  override readonly name = 'NoPlace'
}

export interface PlacesSettings {
  /** Places for all, and for one caller. */
  readonly inFlight: number
  readonly inFlightPerCaller: number
  /** Who may wait for one, and for how many milliseconds. */
  readonly queue: number
  readonly queueMs: number
}

interface Waiting {
  readonly caller: string
  readonly enter: () => void
}

/** An upstream's places for calls in flight (a bulkhead): one caller cannot take them all. */
export class Places {
  readonly #settings: PlacesSettings
  readonly #held = new Map<string, number>()
  readonly #waiting: Waiting[] = []
  #inFlight = 0

  constructor(settings: PlacesSettings) {
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
   * @throws {NoPlace} where too many wait, or (rejected) the wait was too long
   */
  take(caller: string): Promise<void> | undefined {
    if (this.#inFlight < this.#settings.inFlight && this.#isFree(caller)) {
      this.#enter(caller)
      return undefined
    }
    if (this.#waiting.length >= this.#settings.queue) throw new NoPlace()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiting), 1)
        reject(new NoPlace())
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
  leave(caller: string): void {
    this.#inFlight -= 1
    const held = (this.#held.get(caller) ?? 1) - 1
    if (held === 0) this.#held.delete(caller)
    else this.#held.set(caller, held)
    if (this.#waiting.length === 0) return
    const next = this.#waiting.findIndex((waiting) => this.#isFree(waiting.caller))
    if (next >= 0) this.#waiting.splice(next, 1)[0]?.enter()
  }

  #enter(caller: string): void {
    this.#inFlight += 1
    this.#held.set(caller, (this.#held.get(caller) ?? 0) + 1)
  }

  #isFree(caller: string): boolean {
    return (this.#held.get(caller) ?? 0) < this.#settings.inFlightPerCaller
  }
}
