import type { Socket } from 'node:net'
import { buildConnector, Client, type Dispatcher, Pool } from 'undici'

/** Handles one request and its response, and knows the connection that carries them. */
export interface RequestHandler extends Dispatcher.DispatchHandler {
  /** The request goes over this connection, once it is open and free. */
  readonly onConnection: (connection: Connection) => void
}

/** Bytes that the head of a response may have. */
const MAX_HEADER_BYTES = 16_384

/** The read buffer of all sockets; each read is copied out of it at once. Node would allocate 64 KiB for every read. */
const RECEIVED = Buffer.alloc(65_536)

/** Passes on what a socket has received in a buffer of its size. Returns whether reading may continue. */
function received(this: Socket, length: number): boolean {
  return this.push(Buffer.from(RECEIVED.subarray(0, length)))
}

/** A connection of the pool: undici's client, which opens another socket where the last one was closed. */
export class Connection extends Client {
  readonly #current: { socket: Socket | undefined; responses: number }

  constructor(origin: URL, options: Client.Options, open: buildConnector.connector) {
    const current: { socket: Socket | undefined; responses: number } = { socket: undefined, responses: 0 }
    super(origin, {
      ...options,
      connect: (address, callback) =>
        open(address, (...outcome) => {
          current.socket = outcome[1] ?? undefined
          current.responses = 0
          callback(...outcome)
        }),
    })
    this.#current = current
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    // The pool below dispatches no others.
    const { onConnection } = handler as RequestHandler
    onConnection.call(handler, this)
    return super.dispatch(options, handler)
  }

  /** Whether the open socket has carried a response before. */
  get isReused(): boolean {
    return this.#current.responses > 0
  }

  /** undici takes the reset of a connection for the end of a body that nothing else delimits. */
  get isReset(): boolean {
    return Boolean(this.#current.socket?.errored)
  }

  /**
   * A response has come. A server that has answered before it had the whole request may not read on, so the connection
   * carries no other request. Node reports late that a TLS socket has sent everything: one turn of the event loop later than
   * undici uses the connection again at the earliest, and before the next request is written.
   */
  release(): void {
    this.#current.responses += 1
    const { socket } = this.#current
    if (socket === undefined || socket.writableLength === 0) return
    setImmediate(() =>
      setImmediate(() => {
        if (socket.writableLength > 0) socket.destroy()
      }),
    )
  }
}

/**
 * The connections to one origin: an undici pool without pipelining. The bulkhead limits how many requests are under way at
 * once, and so how many connections there are.
 */
export class ConnectionPool {
  readonly #url: URL
  readonly #connectMs: number
  /** The TLS session that the next connection resumes. undici holds sessions weakly. */
  #session: Buffer | undefined
  #pool: Pool
  readonly #retired = new Set<Promise<unknown>>()
  #closing: Promise<void> | undefined

  /** @param connectMs milliseconds for a connection to open */
  constructor(url: URL, connectMs: number) {
    this.#url = url
    this.#connectMs = connectMs
    this.#pool = this.#open()
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: RequestHandler): void {
    this.#pool.dispatch(options, handler)
  }

  /**
   * Stops reusing the connections that are open now: where one was lost, the others may be lost too, and a socket shows that
   * only when something is written. Requests under way finish on their connections.
   */
  retire(): void {
    if (this.#closing !== undefined) return
    const retired = this.#pool.close()
    this.#retired.add(retired)
    retired.finally(() => this.#retired.delete(retired))
    this.#pool = this.#open()
  }

  /** Lets requests under way finish, takes no more, and closes all connections. */
  close(): Promise<void> {
    this.#closing ??= Promise.all([this.#pool.close(), ...this.#retired]).then(() => undefined)
    return this.#closing
  }

  #open(): Pool {
    return new Pool(this.#url.origin, {
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: MAX_HEADER_BYTES,
      factory: (origin, options) => new Connection(origin, options, this.#connect),
    })
  }

  readonly #connect: buildConnector.connector = (address, callback) => {
    const connect = buildConnector({
      timeout: this.#connectMs,
      allowH2: false,
      session: this.#session,
      maxCachedSessions: 0,
      onread: { buffer: RECEIVED, callback: received },
    })
    connect(address, (...outcome) => {
      outcome[1]?.on('session', (session: Buffer) => {
        this.#session = session
      })
      callback(...outcome)
    })
  }
}
