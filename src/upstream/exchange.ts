import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import type { Leaving } from './call-context.ts'
import { Deadlines, type Timed } from './deadlines.ts'

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
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
}

export interface ExchangeAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Why an exchange ended without an answer, and whether the request had begun to leave by then. */
export class ExchangeError extends Error {
  override readonly name = 'ExchangeError'
  readonly reason: 'TIME' | 'SIZE' | 'CONNECTION' | 'ABANDONED'
  readonly sent: boolean

  constructor(reason: ExchangeError['reason'], sent: boolean, cause?: unknown) {
    super(`no answer: ${reason}`, { cause })
    this.reason = reason
    this.sent = sent
  }
}

/** All exchanges of the process. */
const deadlines = new Deadlines()

/**
 * One HTTP request and its answer, read whole, over undici's dispatch: it alone tells when a request begins to leave,
 * and so whether a write can have happened. Follows no redirect, repeats nothing.
 *
 * @throws {ExchangeError}
 */
export function exchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  limits: ExchangeLimits,
  signal?: Leaving,
): Promise<ExchangeAnswer> {
  // A request with no time for its answer is better not sent.
  if (limits.totalMs < 1) return Promise.reject(new ExchangeError('TIME', false))
  if (signal?.aborted) return Promise.reject(new ExchangeError('ABANDONED', false))
  return new Promise((resolve, reject) => {
    const handler = new Exchange(limits, signal, resolve, reject)
    try {
      dispatcher.dispatch(
        {
          method: request.method,
          path: request.path,
          headers: request.headers,
          body: request.body ?? null,
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        handler,
      )
    } catch (error) {
      handler.fail(new ExchangeError('CONNECTION', false, error))
    }
  })
}

/** What undici tells of one exchange, and when its time is up. One object, as there is one for every REST call. */
class Exchange implements Dispatcher.DispatchHandler, Timed {
  readonly #limits: ExchangeLimits
  readonly #signal: Leaving | undefined
  readonly #resolve: (answer: ExchangeAnswer) => void
  readonly #reject: (error: ExchangeError) => void
  readonly #endsAt: number
  dueAt: number
  place = 0
  /** There from the moment at which the request begins to leave. */
  #controller: Dispatcher.DispatchController | undefined
  #failure: ExchangeError | undefined
  #status = 0
  #headers: IncomingHttpHeaders = NO_HEADERS
  #first: Buffer | undefined
  #rest: Buffer[] | undefined
  #size = 0

  constructor(
    limits: ExchangeLimits,
    signal: Leaving | undefined,
    resolve: (answer: ExchangeAnswer) => void,
    reject: (error: ExchangeError) => void,
  ) {
    this.#limits = limits
    this.#signal = signal
    this.#resolve = resolve
    this.#reject = reject
    this.#endsAt = performance.now() + limits.totalMs
    // Waiting for a connection has its own limit.
    this.dueAt = this.#endsAt
    deadlines.add(this)
    signal?.addEventListener('abort', this.#abandon)
  }

  readonly #abandon = (): void => {
    if (this.#signal?.aborted) this.fail(new ExchangeError('ABANDONED', this.#controller !== undefined))
  }

  late(): void {
    this.fail(new ExchangeError('TIME', this.#controller !== undefined))
  }

  fail(error: ExchangeError): void {
    if (this.#failure !== undefined) return
    this.#failure = error
    this.#end()
    this.#controller?.abort(error)
    this.#reject(error)
  }

  #end(): void {
    deadlines.delete(this)
    this.#signal?.removeEventListener('abort', this.#abandon)
  }

  #allow(milliseconds: number): void {
    this.dueAt = Math.min(performance.now() + milliseconds, this.#endsAt)
    deadlines.sooner(this)
  }

  onRequestStart(started: Dispatcher.DispatchController): void {
    if (this.#failure !== undefined) {
      started.abort(this.#failure)
    } else {
      this.#controller = started
      this.#allow(this.#limits.headersMs)
    }
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: IncomingHttpHeaders,
  ): void {
    if (status < 200) return
    this.#status = status
    this.#headers = headers
    this.#allow(this.#limits.bodyMs)
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#size += chunk.length
    if (this.#size > this.#limits.bodyBytes) this.fail(new ExchangeError('SIZE', true))
    else if (this.#first === undefined) this.#first = chunk
    else {
      this.#rest ??= [this.#first]
      this.#rest.push(chunk)
    }
  }

  onResponseEnd(): void {
    this.#end()
    const body = this.#rest === undefined ? this.#first : Buffer.concat(this.#rest)
    this.#resolve({ status: this.#status, headers: this.#headers, body: body?.toString('utf8') ?? '' })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(new ExchangeError('CONNECTION', this.#controller !== undefined, error))
  }
}

const NO_HEADERS: IncomingHttpHeaders = {}
