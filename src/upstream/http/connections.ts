import { Batch } from '../batch.ts'
import { Connection, type Origin, type Outgoing } from './connection.ts'

const SWEEP_MS = 1_000

/**
 * The connections to one origin. Requests under way at once are limited by the guards before them, and so are these: a
 * request takes one that is idle, the last used first, or opens another.
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

  giveBack(connection: Connection): void {
    this.#givenBack.add(connection)
  }

  /**
   * Servers close a connection after an answer without having said so, or send more than was asked for. A write that goes out
   * meanwhile is lost, and nobody knows whether it was done: so a turn is waited for first, as undici does.
   */
  readonly #givenBack = new Batch<Connection>(
    'AFTER_NEXT_ARRIVALS',
    [
      (connection) => {
        if (this.#closing === undefined && connection.isFree) this.#idle.push(connection)
        else connection.destroy()
      },
    ],
    (connection) => connection.destroy(),
  )

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
