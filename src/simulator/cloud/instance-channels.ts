import type { Channel } from './channel.ts'

interface Change {
  readonly at: number
  readonly id: string
  readonly before: Channel | undefined
}

/** Longer than the lag of any read. */
const MAX_CHANGES = 1_000

/** The channels of one instance by id, with their recent history. */
export class InstanceChannels {
  readonly #now = new Map<string, Channel>()
  readonly #changes: Change[] = []

  plant(channel: Channel): void {
    this.#now.set(channel.id, channel)
  }

  /** The channel before the change. */
  put(channel: Channel): Channel | undefined {
    const before = this.#changed(channel.id)
    this.#now.set(channel.id, channel)
    return before
  }

  remove(id: string): void {
    this.#changed(id)
    this.#now.delete(id)
  }

  asOf(ageMs: number): ReadonlyMap<string, Channel> {
    if (ageMs <= 0) return this.#now
    const since = performance.now() - ageMs
    const then = new Map(this.#now)
    for (const { at, id, before } of this.#changes.toReversed()) {
      if (at <= since) break
      if (before) then.set(id, before)
      else then.delete(id)
    }
    return then
  }

  #changed(id: string): Channel | undefined {
    const before = this.#now.get(id)
    this.#changes.push({ at: performance.now(), id, before })
    if (this.#changes.length > MAX_CHANGES) this.#changes.shift()
    return before
  }
}
