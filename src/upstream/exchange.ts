import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import type { Leaving } from './call-context.ts'

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
    const endsAt = performance.now() + limits.totalMs
    let controller: Dispatcher.DispatchController | undefined
    let failure: ExchangeError | undefined
    /** When the time of what is under way is up. One timer does for all of it: where it wakes too early it is set anew. */
    let due = endsAt
    let wakesAt = Math.min(endsAt, performance.now() + limits.headersMs)
    let timer = setTimeout(look, wakesAt - performance.now())
    let status = 0
    let headers: IncomingHttpHeaders = {}
    const chunks: Buffer[] = []
    let size = 0

    function fail(error: ExchangeError): void {
      if (failure !== undefined) return
      failure = error
      end()
      controller?.abort(error)
      reject(error)
    }

    function end(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', abandon)
    }

    function abandon(): void {
      fail(new ExchangeError('ABANDONED', controller !== undefined))
    }

    function look(): void {
      // Timers may end by less than a millisecond too early.
      if (due - performance.now() < 1) fail(new ExchangeError('TIME', controller !== undefined))
      else wake()
    }

    function wake(): void {
      wakesAt = due
      timer = setTimeout(look, due - performance.now())
    }

    function allow(milliseconds: number): void {
      due = Math.min(performance.now() + milliseconds, endsAt)
      if (due >= wakesAt) return
      clearTimeout(timer)
      wake()
    }

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        if (failure !== undefined) return started.abort(failure)
        controller = started
        allow(limits.headersMs)
      },
      onResponseStart(_controller, statusCode, responseHeaders) {
        if (statusCode < 200) return
        status = statusCode
        headers = responseHeaders
        allow(limits.bodyMs)
      },
      onResponseData(_controller, chunk) {
        size += chunk.length
        if (size > limits.bodyBytes) fail(new ExchangeError('SIZE', true))
        else chunks.push(chunk)
      },
      onResponseEnd() {
        end()
        const [first] = chunks
        const body = first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks)
        resolve({ status, headers, body: body.toString('utf8') })
      },
      onResponseError(_controller, error) {
        fail(new ExchangeError('CONNECTION', controller !== undefined, error))
      },
    }
    signal?.addEventListener('abort', abandon)
    try {
      dispatcher.dispatch(
        { ...request, body: request.body ?? null, headersTimeout: 0, bodyTimeout: 0 },
        handler,
      )
    } catch (error) {
      fail(new ExchangeError('CONNECTION', false, error))
    }
  })
}
