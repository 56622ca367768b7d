import type { Socket } from 'node:net'
import { buildConnector, Client, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici'
import type { ClientCertificate } from './client-certificate.ts'
import { hasProxy, type Proxies, undiciProxyOptions } from './proxies.ts'

/** Handles one request and its response, and knows the connection that carries them. */
export interface RequestHandler extends Dispatcher.DispatchHandler {
  /** The request goes over this connection, once it is open and free. */
  readonly onConnection: (connection: Connection) => void
}

export interface ConnectionSettings {
  /** Milliseconds for a connection to open. */
  readonly connectMs: number
  /** Bytes that the head of a response may have. */
  readonly maxHeaderBytes: number
  readonly proxies?: Proxies | undefined
  readonly certificate?: ClientCertificate | undefined
}

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
  readonly origin: string
  readonly #settings: ConnectionSettings
  /** The TLS session that the next connection resumes. undici holds sessions weakly. */
  #session: Buffer | undefined
  #pool: Dispatcher
  readonly #retired = new Set<Promise<unknown>>()
  #closing: Promise<void> | undefined

  constructor(url: URL, settings: ConnectionSettings) {
    this.origin = url.origin
    this.#settings = settings
    this.#pool = this.#open()
  }

  /** @param options whose `origin` is this one */
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

  #open(): Dispatcher {
    const { connectMs, proxies, certificate } = this.#settings
    if (!hasProxy(proxies)) return this.#openPool(this.origin, this.#connect)
    return new EnvHttpProxyAgent({
      ...undiciProxyOptions(proxies),
      connectTimeout: connectMs,
      requestTls: { ...certificate, allowH2: false },
      // To the proxy, for CONNECT.
      clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: connectMs }),
      // For the hosts of NO_PROXY undici gives no function that connects.
      factory: (origin, { connect }: Pool.Options) =>
        this.#openPool(origin, typeof connect === 'function' ? connect : this.#connect),
    })
  }

  #openPool(url: URL | string, connect: buildConnector.connector): Pool {
    return new Pool(url, {
      pipelining: 1,
      allowH2: false,
      maxHeaderSize: this.#settings.maxHeaderBytes,
      factory: (origin, options) => new Connection(origin, options, connect),
    })
  }

  readonly #connect: buildConnector.connector = (address, callback) => {
    const connect = buildConnector({
      ...this.#settings.certificate,
      timeout: this.#settings.connectMs,
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
