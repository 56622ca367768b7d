import { isAscii } from 'node:buffer'
import type { Socket } from 'node:net'
import { buildConnector } from 'undici'
import type { RequestMessage } from './request-message.ts'
import { type ResponseHead, UNTOLD_KEPT_MS } from './response-head.ts'
import { ResponseReader } from './response-reader.ts'

/** A request on its way, told of what becomes of it. */
export interface Outgoing {
  readonly message: RequestMessage
  /** Bytes that the body of its response may have. */
  readonly bodyBytes: number
  /** A connection is there, and what is sent next is this request: `false` where nobody wants it any more. */
  readonly begins: (connection: Connection) => boolean
  /** The head of its response has come, and not all of the body. */
  readonly headCame: () => void
  readonly answered: (head: ResponseHead, body: string) => void
  /** There will be no response. */
  readonly broke: (error: Error) => void
}

/** Where connections go, and who keeps them. */
export interface Origin {
  readonly url: URL
  /** Milliseconds for a connection to open. */
  readonly connectMs: number
  /** The session of TLS that the next connection resumes. */
  session: Buffer | undefined
  /** Takes back a connection that has nothing under way. */
  readonly giveBack: (connection: Connection) => void
  /** Told of a connection that has ended. */
  readonly ended: (connection: Connection) => void
}

/**
 * A connection of HTTP/1.1: it carries one request after the other, never two at once. It ends with the first thing that is
 * not as it should be, so that no request is ever answered by what was meant for another.
 */
export class Connection {
  readonly #origin: Origin
  #socket: Socket | undefined
  #outgoing: Outgoing | undefined
  #reader: ResponseReader | undefined
  #hasEnded = false
  /** Until when the server keeps it for another request, on `performance.now()`'s clock. */
  keptUntil = 0

  /** Opens a connection for a request. */
  constructor(origin: Origin, first: Outgoing) {
    this.#origin = origin
    this.#outgoing = first
    const { url, connectMs, session } = origin
    const connect = buildConnector({
      timeout: connectMs,
      allowH2: false,
      session,
      onread: { buffer: RECEIVED, callback: (length) => this.#received(length) },
    })
    const { protocol, hostname, host, port } = url
    connect({ protocol, hostname: hostname.replaceAll(/[[\]]/g, ''), host, port }, (error, socket) => {
      if (error === null) this.#opened(socket, first)
      else this.#end(error)
    })
  }

  /**
   * Whether it can take a request. A server that has answered before it had all of the last one may not read on.
   */
  get isFree(): boolean {
    return !this.#hasEnded && this.#socket?.writableLength === 0
  }

  /** Sends a request; the connection is free. */
  send(outgoing: Outgoing): void {
    if (!outgoing.begins(this)) {
      this.#origin.giveBack(this)
      return
    }
    this.#outgoing = outgoing
    this.#reader = new ResponseReader(outgoing.bodyBytes)
    const { text, encoding } = outgoing.message
    this.#socket?.write(text, encoding)
  }

  /** Ends it at once, and with it what is under way. */
  destroy(): void {
    this.#end(new Error('the connection was given up'))
  }

  #opened(socket: Socket, first: Outgoing): void {
    this.#socket = socket
      .on('session', (session: Buffer) => {
        this.#origin.session = session
      })
      .on('error', (error: Error) => this.#end(error))
      .on('end', () => this.#closedByServer())
      .on('close', () => this.#end(new Error('the connection is closed')))
    this.#outgoing = undefined
    this.keptUntil = performance.now() + UNTOLD_KEPT_MS
    this.send(first)
  }

  #received(length: number): boolean {
    const outgoing = this.#outgoing
    const reader = this.#reader
    if (outgoing === undefined || reader === undefined) {
      this.#end(new Error('an answer that nobody asked for'))
      return false
    }
    try {
      const hadHead = reader.head !== undefined
      const isFollowed = reader.read(
        RECEIVED.toString('latin1', 0, length),
        isAscii(RECEIVED.subarray(0, length)),
      )
      const { head, body } = reader
      if (head === undefined) return true
      if (body !== undefined) this.#answered(outgoing, head, body, isFollowed)
      else if (!hadHead) outgoing.headCame()
    } catch (error) {
      this.#end(error as Error)
    }
    return true
  }

  #answered(outgoing: Outgoing, head: ResponseHead, body: string, isFollowed: boolean): void {
    this.#outgoing = undefined
    this.#reader = undefined
    this.keptUntil = performance.now() + head.keptMs
    if (isFollowed || head.keptMs === 0) this.destroy()
    else this.#origin.giveBack(this)
    outgoing.answered(head, body)
  }

  #closedByServer(): void {
    const outgoing = this.#outgoing
    const reader = this.#reader
    if (outgoing === undefined || reader === undefined) {
      this.destroy()
      return
    }
    try {
      reader.ended()
      const { head, body } = reader
      if (head !== undefined && body !== undefined) this.#answered(outgoing, head, body, true)
    } catch (error) {
      this.#end(error as Error)
    }
  }

  #end(error: Error): void {
    if (this.#hasEnded) return
    this.#hasEnded = true
    this.#socket?.destroy()
    this.#origin.ended(this)
    const outgoing = this.#outgoing
    this.#outgoing = undefined
    this.#reader = undefined
    outgoing?.broke(error)
  }
}

/** What a socket has received. One for all of them: it is read before another one receives something. */
const RECEIVED = Buffer.alloc(65_536)
