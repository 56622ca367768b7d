import { Batch } from './batch.ts'
import type { Leaving } from './call-context.ts'
import { Deadlines, type Timed } from './deadlines.ts'
import type { Connection, Outgoing } from './http/connection.ts'
import type { Connections } from './http/connections.ts'
import { type HttpRequest, type RequestMessage, requestMessage } from './http/request-message.ts'
import type { ResponseHead } from './http/response-head.ts'
import { BodyTooLong } from './http/response-reader.ts'

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
  readonly headers: ResponseHead['headers']
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

/** Of all exchanges of the process. */
const deadlines = new Deadlines()
const sending = new Batch<Exchange>('AFTER_THIS', [(one) => one.send()], (one, error) => one.broke(error))
const answering = new Batch<Exchange>('AFTER_ARRIVALS', [(one) => one.answer()], (one, error) =>
  one.broke(error),
)

/**
 * One HTTP request and its answer, read whole. Follows no redirect, repeats nothing, and tells of a failure whether the
 * request had begun to leave: whether a write can have happened.
 *
 * @throws {ExchangeError}
 */
export function exchange(
  connections: Connections,
  request: HttpRequest,
  limits: ExchangeLimits,
  signal?: Leaving,
): Promise<ExchangeAnswer> {
  // A request with no time for its answer is better not sent.
  if (limits.totalMs < 1) return Promise.reject(new ExchangeError('TIME', false))
  if (signal?.aborted) return Promise.reject(new ExchangeError('ABANDONED', false))
  return new Promise((resolve, reject) => {
    try {
      const message = requestMessage(connections.url.host, request)
      sending.add(new Exchange(connections, message, limits, signal, resolve, reject))
    } catch (error) {
      reject(new ExchangeError('CONNECTION', false, error))
    }
  })
}

/** One exchange under way, and when its time is up. One object, as there is one for every REST call. */
class Exchange implements Outgoing, Timed {
  readonly message: RequestMessage
  readonly #connections: Connections
  readonly #limits: ExchangeLimits
  readonly #signal: Leaving | undefined
  readonly #resolve: (answer: ExchangeAnswer) => void
  readonly #reject: (error: ExchangeError) => void
  readonly #endsAt: number
  dueAt: number
  place = 0
  /** There from the moment at which the request begins to leave. */
  #connection: Connection | undefined
  #hasEnded = false
  #answer: ExchangeAnswer | undefined

  constructor(
    connections: Connections,
    message: RequestMessage,
    limits: ExchangeLimits,
    signal: Leaving | undefined,
    resolve: (answer: ExchangeAnswer) => void,
    reject: (error: ExchangeError) => void,
  ) {
    this.#connections = connections
    this.message = message
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

  get bodyBytes(): number {
    return this.#limits.bodyBytes
  }

  readonly #abandon = (): void => {
    if (this.#signal?.aborted) this.#fail('ABANDONED')
  }

  late(): void {
    this.#fail('TIME')
  }

  send(): void {
    if (!this.#hasEnded) this.#connections.send(this)
  }

  begins(connection: Connection): boolean {
    if (this.#hasEnded) return false
    if (performance.now() >= this.#endsAt) {
      this.late()
      return false
    }
    this.#connection = connection
    this.#allow(this.#limits.headersMs)
    return true
  }

  headCame(): void {
    this.#allow(this.#limits.bodyMs)
  }

  answered({ status, headers }: ResponseHead, body: string): void {
    this.#end()
    this.#answer = { status, headers, body }
    answering.add(this)
  }

  answer(): void {
    if (this.#answer !== undefined) this.#resolve(this.#answer)
  }

  broke(error: unknown): void {
    this.#fail(error instanceof BodyTooLong ? 'SIZE' : 'CONNECTION', error)
  }

  #fail(reason: ExchangeError['reason'], cause?: unknown): void {
    if (this.#hasEnded) return
    this.#end()
    this.#connection?.destroy()
    this.#reject(new ExchangeError(reason, this.#connection !== undefined, cause))
  }

  #end(): void {
    this.#hasEnded = true
    deadlines.delete(this)
    this.#signal?.removeEventListener('abort', this.#abandon)
  }

  #allow(milliseconds: number): void {
    this.dueAt = Math.min(performance.now() + milliseconds, this.#endsAt)
    deadlines.sooner(this)
  }
}
