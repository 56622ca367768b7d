import type { IncomingHttpHeaders } from 'node:http'
import { type Dispatcher, errors } from 'undici'
import type { AbortSignalLike } from '../../lib/abort-signal.ts'
import { Deadlines, type Timed } from '../../lib/deadlines.ts'
import { TurnBatch } from '../../lib/turn-batch.ts'
import type { ByteBudget, Share } from './byte-budget.ts'
import type { Connection, ConnectionPool, RequestHandler } from './connection-pool.ts'
import { DecodedTooLong, decodeBody, isEncoded, Undecodable } from './decode-body.ts'
import { ExchangeError } from './exchange-error.ts'
import { ResponseHeaders } from './response-headers.ts'

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

export interface ExchangeLimits {
  /** Milliseconds from sending the request to the response's headers. */
  readonly headersMs: number
  /** Milliseconds from the response's headers to the end of its body. */
  readonly bodyMs: number
  /** Milliseconds for all of it, waiting for a connection included: what is left of the operation's deadline. */
  readonly totalMs: number
  /** Bytes of response body beyond which reading stops. */
  readonly bodyBytes: number
  /** Bytes of all bodies together that are being read. */
  readonly budget: ByteBudget
}

export interface HttpResponse {
  readonly status: number
  readonly headers: ResponseHeaders
  /** Empty where `undecodable` says why. */
  readonly body: string
  readonly undecodable?: string
}

/** Of all exchanges of the process. */
const deadlines = new Deadlines()
const sending = new TurnBatch<Exchange>('NEXT_TICK', [(one) => one.send()], (one, error) =>
  one.onError(error),
)
const finishing = new TurnBatch<Exchange>('AFTER_IO', [(one) => one.finish()], (one, error) =>
  one.onError(error),
)

const isHeadersOverflow = (error: unknown): boolean => error instanceof errors.HeadersOverflowError

/** undici takes an absolute URL, too. */
const PATH = /^\/[\x21-\x7e]*$/

/**
 * One HTTP request and its response, read whole. Follows no redirect, repeats nothing. A failure says whether the request had begun
 * to leave, and so whether a write can have happened.
 *
 * @throws {ExchangeError}
 */
export function exchange(
  pool: ConnectionPool,
  request: HttpRequest,
  limits: ExchangeLimits,
  signal?: AbortSignalLike,
): Promise<HttpResponse> {
  // Without time for the response it is better not to send the request.
  if (limits.totalMs < 1) return Promise.reject(new ExchangeError('TIME', false))
  if (signal?.aborted) return Promise.reject(new ExchangeError('ABANDONED', false))
  if (!PATH.test(request.path)) return Promise.reject(new ExchangeError('CONNECTION', false))
  return new Promise((resolve, reject) => {
    sending.add(new Exchange(pool, request, limits, signal, resolve, reject))
  })
}

/** One exchange under way: one object for handler, deadline and byte budget, because every REST call makes one. */
class Exchange implements RequestHandler, Timed, Share {
  readonly #pool: ConnectionPool
  readonly #request: HttpRequest
  readonly #limits: ExchangeLimits
  readonly #signal: AbortSignalLike | undefined
  readonly #resolve: (response: HttpResponse) => void
  readonly #reject: (error: ExchangeError) => void
  readonly #endsAt: number
  dueAt: number
  index = 0
  #connection: Connection | undefined
  /** Set when the request begins to leave. */
  #controller: Dispatcher.DispatchController | undefined
  #hasResponseBegun = false
  #hasEnded = false
  #status = 0
  #headers: IncomingHttpHeaders = {}
  #first: Buffer | undefined
  #rest: Buffer[] | undefined
  bytes = 0

  constructor(
    pool: ConnectionPool,
    request: HttpRequest,
    limits: ExchangeLimits,
    signal: AbortSignalLike | undefined,
    resolve: (response: HttpResponse) => void,
    reject: (error: ExchangeError) => void,
  ) {
    this.#pool = pool
    this.#request = request
    this.#limits = limits
    this.#signal = signal
    this.#resolve = resolve
    this.#reject = reject
    this.#endsAt = performance.now() + limits.totalMs
    // Waiting for a connection has its own limit.
    this.dueAt = this.#endsAt
    deadlines.add(this)
    signal?.addEventListener('abort', this.#onAbort)
  }

  readonly #onAbort = (): void => {
    if (this.#signal?.aborted) this.#fail('ABANDONED')
  }

  onTimeout(): void {
    const isPaused = this.#controller?.paused
    if (this.#connection?.isReused && this.#controller !== undefined && !this.#hasResponseBegun) {
      // The connection may be lost without a packet that reports it.
      this.#pool.retire()
    }
    if (isPaused) this.#fail('MEMORY')
    else this.#fail('TIME', undefined, this.#missing())
  }

  /** What had not come when the time was up. */
  #missing(): string {
    if (this.#controller === undefined) return 'no connection in time'
    return this.#status === 0 ? 'no headers in time' : `no end of the body in time, after ${this.bytes} bytes`
  }

  send(): void {
    if (this.#hasEnded) return
    const { method, path, headers, body } = this.#request
    this.#pool.dispatch(
      {
        origin: this.#pool.origin,
        method,
        path,
        headers,
        body: body ?? null,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      this,
    )
  }

  onConnection(connection: Connection): void {
    this.#connection = connection
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (!this.#hasEnded && performance.now() >= this.#endsAt) this.onTimeout()
    // undici then sends nothing, and keeps the connection for other requests.
    if (this.#hasEnded) throw new Error('the request is not wanted any more')
    this.#controller = controller
    this.#allowMs(this.#limits.headersMs)
  }

  onResponseStarted(): void {
    this.#hasResponseBegun = true
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
    if (Number(headers['content-length']) > this.#limits.bodyBytes) this.#fail('SIZE')
    else this.#allowMs(this.#limits.bodyMs)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#hasEnded) return
    this.bytes += chunk.length
    if (this.bytes > this.#limits.bodyBytes) {
      this.#fail('SIZE')
      return
    }
    if (this.#first === undefined) this.#first = chunk
    else {
      this.#rest ??= [this.#first]
      this.#rest.push(chunk)
    }
    if (!this.#limits.budget.grew(this)) controller.pause()
  }

  /** There is room in the budget again. */
  onRoom(): void {
    if (!this.#hasEnded) this.#controller?.resume()
  }

  onResponseEnd(): void {
    if (this.#hasEnded) return
    if (this.#connection?.isReset) {
      this.onError(new Error('the connection was reset before the body had ended'))
      return
    }
    this.#connection?.release()
    this.#end()
    // The caller has processed a large response before undici parses the next one.
    if (this.#limits.budget.counts(this) || this.#isEncoded()) setImmediate(() => this.finish())
    else finishing.add(this)
  }

  /** Resolves with the whole response. */
  finish(): void {
    const body = this.#rest === undefined ? this.#first : Buffer.concat(this.#rest)
    this.#first = undefined
    this.#rest = undefined
    const head = { status: this.#status, headers: new ResponseHeaders(this.#headers) }
    if (body !== undefined && this.#isEncoded()) this.#resolveEncoded(head, body)
    else this.#resolve({ ...head, body: body?.toString('utf8') ?? '' })
    // The caller of this exchange has read the response by then.
    if (this.#limits.budget.counts(this)) setImmediate(() => this.#limits.budget.release(this))
  }

  #isEncoded(): boolean {
    return isEncoded(this.#headers['content-encoding'])
  }

  #resolveEncoded(head: Pick<HttpResponse, 'status' | 'headers'>, body: Buffer): void {
    try {
      const decoded = decodeBody(body, this.#headers['content-encoding'], this.#limits.bodyBytes)
      this.#resolve({ ...head, body: decoded.toString('utf8') })
    } catch (error) {
      if (error instanceof Undecodable) this.#resolve({ ...head, body: '', undecodable: error.message })
      else
        this.#reject(new ExchangeError(error instanceof DecodedTooLong ? 'SIZE' : 'CONNECTION', true, error))
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.onError(error)
  }

  onError(error: unknown): void {
    if (this.#hasEnded) return
    if (isHeadersOverflow(error)) {
      this.#fail('SIZE', error)
      return
    }
    if (this.#controller !== undefined) this.#pool.retire()
    this.#fail('CONNECTION', error)
  }

  #fail(reason: ExchangeError['reason'], cause?: unknown, message?: string): void {
    if (this.#hasEnded) return
    this.#end()
    this.#limits.budget.release(this)
    const error = new ExchangeError(reason, this.#controller !== undefined, cause, message)
    this.#controller?.abort(error)
    this.#reject(error)
  }

  #end(): void {
    this.#hasEnded = true
    deadlines.delete(this)
    this.#signal?.removeEventListener('abort', this.#onAbort)
  }

  #allowMs(milliseconds: number): void {
    this.dueAt = Math.min(performance.now() + milliseconds, this.#endsAt)
    deadlines.sooner(this)
  }
}
