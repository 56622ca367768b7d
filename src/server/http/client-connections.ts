import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { getHeapStatistics } from 'node:v8'

/** What one connection is doing. */
class ClientConnection {
  /** The answer that is under way. */
  answer: ServerResponse | undefined
  /** Serves the request that has come before the answer under way has left. */
  next: (() => void) | undefined
  /** Since when bytes of an answer wait for the client to read, on `performance.now()`'s clock. */
  unreadSince: number | undefined

  /** The turn of an answer has come. */
  begin(answer: ServerResponse): void {
    this.answer = answer
    const { next } = this
    this.next = undefined
    next?.()
  }

  /** All of the answer has left. */
  end(): void {
    this.answer = undefined
  }
}

/** Unread answers of all connections together may take this share of what the heap may. */
const UNREAD_SHARE = 1 / 4

const MAX_LATE_MS = 1_000

/** The connections of a server. Those that leave their answers unread for too long, or too much of them, are ended. */
export class ClientConnections {
  readonly #open = new Map<Socket, ClientConnection>()
  readonly #responseMs: number
  readonly #mostUnreadBytes = getHeapStatistics().heap_size_limit * UNREAD_SHARE
  readonly #timer: NodeJS.Timeout

  /** @param responseMs milliseconds for a client to take an answer */
  constructor(responseMs: number) {
    this.#responseMs = responseMs
    // To look at all of them once in a while costs less than a timer for each answer.
    this.#timer = setInterval(() => this.#endUnread(), Math.min(MAX_LATE_MS, responseMs)).unref()
  }

  add(socket: Socket): void {
    this.#open.set(socket, new ClientConnection())
    socket.once('close', () => this.#open.delete(socket))
  }

  get(socket: Socket): ClientConnection | undefined {
    return this.#open.get(socket)
  }

  /** Ends the connections on which no whole request waits for its answer. */
  endIdle(): void {
    for (const [socket, { answer }] of this.#open) if (!answer?.req.complete) socket.destroy()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #endUnread(): void {
    const now = performance.now()
    let bytes = 0
    const unread: { readonly socket: Socket; readonly since: number }[] = []
    for (const [socket, connection] of this.#open) {
      if (socket.writableLength === 0) {
        connection.unreadSince = undefined
        continue
      }
      connection.unreadSince ??= now
      unread.push({ socket, since: connection.unreadSince })
      bytes += socket.writableLength
    }
    // Where there is too much, those that have waited longest go first.
    for (const { socket, since } of unread.toSorted((one, other) => one.since - other.since)) {
      if (now - since < this.#responseMs && bytes <= this.#mostUnreadBytes) return
      bytes -= socket.writableLength
      socket.destroy()
    }
  }
}
