import { Connection, type Origin, type Outgoing } from './connection.ts'

const SWEEP_MS = 1_000

/**
 * The connections to one origin. There are as many as requests are under way at once, which the guards before them limit:
 * a request takes one that is idle, the last used first, or opens another.
 */
export class Connections implements Origin {
  readonly url: URL
  readonly connectMs: number
  session: Buffer | undefined
  #open = 0
  readonly #idle: Connection[] = []
  #sweep: NodeJS.Timeout | undefined
  #closing: PromiseWithResolvers<void> | undefined

  constructor(url: URL, connectMs: number) {
    this.url = url
    this.connectMs = connectMs
  }

  send(outgoing: Outgoing): void {
    if (this.#closing !== undefined) throw new Error('the connections are closed')
    const now = performance.now()
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      if (now < last.keptUntil) {
        last.send(outgoing)
        return
      }
      last.destroy()
    }
    this.#open += 1
    new Connection(this, outgoing)
    this.#sweep ??= setInterval(() => this.#closeOld(), SWEEP_MS).unref()
  }

  idle(connection: Connection): void {
    if (this.#closing === undefined) this.#idle.push(connection)
    else connection.destroy()
  }

  ended(connection: Connection): void {
    this.#open -= 1
    const at = this.#idle.indexOf(connection)
    if (at >= 0) this.#idle.splice(at, 1)
    if (this.#open > 0) return
    clearInterval(this.#sweep)
    this.#sweep = undefined
    this.#closing?.resolve()
  }

  /** Lets requests under way end, takes no more, and closes all connections. */
  close(): Promise<void> {
    this.#closing ??= Promise.withResolvers()
    for (const connection of [...this.#idle]) connection.destroy()
    if (this.#open === 0) this.#closing.resolve()
    return this.#closing.promise
  }

  /** Closes what was idle for as long as the server keeps it. */
  #closeOld(): void {
    const now = performance.now()
    for (const connection of this.#idle.filter(({ keptUntil }) => keptUntil <= now)) connection.destroy()
  }
}
