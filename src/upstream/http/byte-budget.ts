/** A response body that is being read. */
export interface Share {
  /** How much of it has been received. */
  readonly bytes: number
  /** Reading may continue. */
  readonly onRoom: () => void
}

/** Bodies up to this size are not counted: all that the bulkheads let through at once take a few MB. */
const UNCOUNTED_BYTES = 64 * 1024

/**
 * Bounds the bytes of all response bodies that are being read. A body that finds no room waits, so that its server has to
 * wait too. The body that began first always continues, whatever the budget: otherwise two half-read bodies could wait for
 * each other.
 */
export class ByteBudget {
  readonly #maxBytes: number
  /** Counted bodies, in the order in which they began to be, with the bytes that are counted of each. */
  readonly #shares = new Map<Share, number>()
  readonly #waiting = new Set<Share>()
  #bytes = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  /** The bytes that are counted now. */
  get bytes(): number {
    return this.#bytes
  }

  counts(share: Share): boolean {
    return this.#shares.has(share)
  }

  /** Counts the bytes received of a body. Returns whether reading may continue. */
  grew(share: Share): boolean {
    if (share.bytes <= UNCOUNTED_BYTES) return true
    this.#bytes += share.bytes - (this.#shares.get(share) ?? 0)
    this.#shares.set(share, share.bytes)
    if (this.#mayGoOn(share)) return true
    this.#waiting.add(share)
    return false
  }

  /** The body has been processed. */
  release(share: Share): void {
    const counted = this.#shares.get(share)
    if (counted === undefined) return
    this.#shares.delete(share)
    this.#waiting.delete(share)
    this.#bytes -= counted
    // Not now: this may be called while another response is being parsed.
    if (this.#waiting.size > 0) setImmediate(this.#goOn)
  }

  readonly #goOn = (): void => {
    for (const share of this.#shares.keys()) {
      if (!this.#mayGoOn(share)) return
      if (this.#waiting.delete(share)) share.onRoom()
    }
  }

  #mayGoOn(share: Share): boolean {
    return this.#bytes <= this.#maxBytes || this.#shares.keys().next().value === share
  }
}
