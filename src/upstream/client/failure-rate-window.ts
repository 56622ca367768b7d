import { CircuitState, type IBreaker } from 'cockatiel'

/** Calls are counted by the tenth of the sample that they ended in. */
const PARTS = 10

interface Part {
  readonly startedAt: number
  calls: number
  outages: number
}

/**
 * Opens a breaker where at least half of enough calls within a while were outages. Cockatiel's own sampling forgets by the
 * call, not by the clock: after a quiet hour it would open for what happened before.
 */
export class FailureRateWindow implements IBreaker {
  readonly #sampleMs: number
  readonly #fewestCalls: number
  #parts: Part[] = []

  constructor({ sampleMs, fewestCalls }: { readonly sampleMs: number; readonly fewestCalls: number }) {
    this.#sampleMs = sampleMs
    this.#fewestCalls = fewestCalls
  }

  get state(): unknown {
    return structuredClone(this.#parts)
  }

  set state(parts: unknown) {
    this.#parts = structuredClone(parts) as Part[]
  }

  success(state: CircuitState): void {
    if (state === CircuitState.HalfOpen) this.#parts = []
    this.#now().calls += 1
  }

  failure(state: CircuitState): boolean {
    const now = this.#now()
    now.calls += 1
    now.outages += 1
    if (state !== CircuitState.Closed) return true
    const since = Date.now() - this.#sampleMs
    const sample = this.#parts.filter(({ startedAt }) => startedAt > since)
    const calls = sample.reduce((sum, part) => sum + part.calls, 0)
    const outages = sample.reduce((sum, part) => sum + part.outages, 0)
    return calls >= this.#fewestCalls && outages * 2 >= calls
  }

  #now(): Part {
    const now = Date.now()
    const last = this.#parts.at(-1)
    if (last !== undefined && now - last.startedAt < this.#sampleMs / PARTS) return last
    this.#parts = this.#parts.filter(({ startedAt }) => now - startedAt < this.#sampleMs)
    const part = { startedAt: now, calls: 0, outages: 0 }
    this.#parts.push(part)
    return part
  }
}
