import { withoutByteOrderMark } from '../../lib/byte-order-mark.ts'
import type { ProjectId } from '../../lib/ids.ts'
import type { UpstreamService } from '../../lib/products.ts'
import { ByteBudget } from '../http/byte-budget.ts'
import type { ClientCertificate } from '../http/client-certificate.ts'
import { ConnectionPool } from '../http/connection-pool.ts'
import { isErrorBody, readErrorBody } from '../http/error-body.ts'
import { type ExchangeAnswer, exchange, type HttpRequest } from '../http/exchange.ts'
import { ExchangeError } from '../http/exchange-error.ts'
import { jsonFault } from '../http/json-fault.ts'
import type { Proxies } from '../http/proxies.ts'
import { retryAfterMs, vendorRequestId } from '../http/response-headers.ts'
import { holdsSecret, isOfSecret } from '../http/secret-search.ts'
import { NO_ANSWER, type UpstreamAnswer, UpstreamFailure } from '../upstream-failure.ts'
import type { AuthenticatedContext, CallContext, CallSpan } from './call-context.ts'
import { type RequestCredentials, secretsOf } from './credentials.ts'
import { detailOfExchange, detailOfRefusal, loggable } from './failure-detail.ts'
import type { Limits } from './limits.ts'
import { signedHeaders } from './sign-request.ts'

export interface UpstreamRequest {
  /** The operation's name in errors and in the log. */
  readonly operation: string
  /** The project in the path, for which credentials are chosen. */
  readonly projectId: ProjectId
  readonly method: HttpRequest['method']
  /** The path below the base URL, every id in it checked. */
  readonly path: string
  /** The JSON body; a key whose value is `undefined` is not sent. */
  readonly body?: object
}

/** The answer to a REST call that succeeded. */
export interface UpstreamSuccess {
  readonly service: UpstreamService
  readonly operation: string
  readonly status: number
  readonly requestId: string | null
  /** The headers of the answer, names in lower case. */
  readonly headers: ExchangeAnswer['headers']
  /** The parsed JSON body; `null` for a write that is answered with 204 and no body. */
  readonly body: unknown
  /** The failure that an error inside the body of a success describes. */
  readonly refusal: (part: unknown) => UpstreamFailure
}

/** A client of one upstream service: connections, time limits, errors. */
export interface UpstreamClient<Context = CallContext> {
  readonly service: UpstreamService
  /**
   * Makes one REST call.
   *
   * @throws {UpstreamFailure} for every answer but a success that can be read
   */
  readonly call: (request: UpstreamRequest, context: Context) => Promise<UpstreamSuccess>
  readonly close: () => Promise<void>
}

/** What the clients of several services share. */
export interface Shared {
  /** Of bytes, for the answers that are being read. */
  readonly budget?: ByteBudget
  readonly proxies?: Proxies | undefined
  readonly certificate?: ClientCertificate | undefined
}

export function createUpstreamClient(
  service: UpstreamService,
  baseUrl: URL,
  { connectMs, headersMs, bodyMs, maxHeaderBytes, maxAnswerBytes, maxUpstreamBytes }: Limits,
  { budget = new ByteBudget(maxUpstreamBytes), ...connection }: Shared = {},
): UpstreamClient<AuthenticatedContext> {
  const pool = new ConnectionPool(baseUrl, { connectMs, maxHeaderBytes, ...connection })
  const basePath = baseUrl.pathname.replace(/\/$/, '')

  return {
    service,
    async call(request, context) {
      if (context.beforeCall !== undefined) await context.beforeCall()
      const startedAt = performance.now()
      const { operation, method } = request
      const span = context.trace?.start({ service, operation, method, path: request.path, baseUrl })
      const tell = (outcome: CallOutcome, failure: string | null, detail: string | null = null): void => {
        const { status, errorCode, requestId } = outcome
        const durationMs = performance.now() - startedAt
        const record = { service, operation, status, errorCode, requestId, detail, durationMs }
        context.record(record)
        span?.end(record, failure)
      }
      try {
        const path = basePath + request.path
        const body = request.body && JSON.stringify(request.body)
        const headers = headersOf({ method, path, body }, request.projectId, context, span)
        const totalMs = Math.max(0, context.deadline - startedAt)
        const answer = await exchange(
          pool,
          { method, path, headers, body },
          { headersMs, bodyMs, totalMs, bodyBytes: maxAnswerBytes, budget },
          method === 'GET' ? context.signal : undefined,
        )
        const success = new Answered(service, request, answer, context.credentials, headers).success()
        tell({ status: success.status, errorCode: null, requestId: success.requestId }, null)
        return success
      } catch (thrown) {
        const error =
          thrown instanceof ExchangeError ? failureOf(service, operation, thrown, context) : thrown
        if (error instanceof UpstreamFailure) tell(error.answer, error.kind, error.detail)
        else tell(NO_ANSWER, 'INTERNAL')
        throw error
      }
    },
    close: () => pool.close(),
  }
}

/** The client of a service whose endpoint is not set. */
export const unconfiguredClient = (service: UpstreamService): UpstreamClient => ({
  service,
  call: ({ operation }) =>
    Promise.reject(new UpstreamFailure('NOT_CONFIGURED', { service, operation }, { sent: false })),
  close: () => Promise.resolve(),
})

type CallOutcome = Pick<UpstreamAnswer, 'status' | 'errorCode' | 'requestId'>

interface Wire {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
}

function headersOf(
  wire: Wire,
  projectId: ProjectId,
  context: AuthenticatedContext,
  span: CallSpan | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-encoding': 'identity',
    'user-agent': 'vpc-channel-gateway',
    'x-language': context.language,
  }
  if (wire.body !== undefined) headers['content-type'] = 'application/json'
  if (span !== undefined) Object.assign(headers, span.headers)
  const { credentials } = context
  if (credentials.kind === 'TOKEN') headers['x-auth-token'] = credentials.token
  else if (credentials.kind === 'ACCESS_KEY') {
    const toSign = { ...wire, body: wire.body ?? '', headers: { 'x-project-id': projectId } }
    Object.assign(headers, signedHeaders(toSign, credentials, new Date()))
  }
  return headers
}

/** An answer of the cloud. Texts of it that hold a secret of the request are dropped. */
class Answered implements UpstreamSuccess {
  readonly service: UpstreamService
  readonly operation: string
  readonly status: number
  readonly requestId: string | null
  readonly headers: ExchangeAnswer['headers']
  body: unknown
  readonly #method: HttpRequest['method']
  readonly #text: string
  readonly #undecodable: string | undefined
  readonly #credentials: RequestCredentials
  readonly #sent: Readonly<Record<string, string>>

  constructor(
    service: UpstreamService,
    { operation, method }: UpstreamRequest,
    answer: ExchangeAnswer,
    credentials: RequestCredentials,
    sent: Readonly<Record<string, string>>,
  ) {
    this.service = service
    this.operation = operation
    this.status = answer.status
    this.headers = answer.headers
    this.#method = method
    this.#text = answer.body
    this.#undecodable = answer.undecodable
    this.#credentials = credentials
    this.#sent = sent
    const requestId = vendorRequestId(answer.headers.get('x-request-id'))
    // Every answer has one, and it is nothing but letters and digits.
    this.requestId = requestId !== null && isOfSecret(requestId, this.#secrets()) ? null : requestId
  }

  /**
   * A success with its JSON, or a write's 204 (RFC 9110, 15.3.5: done, with no content); everything else is a failure.
   *
   * @throws {UpstreamFailure}
   */
  success(): UpstreamSuccess {
    const succeeded = this.status >= 200 && this.status < 300
    const isDone = this.status === 204 && this.#text === '' && this.#method !== 'GET'
    const body = isDone ? null : parseJson(this.#text)
    if (body === undefined) throw this.#failure(succeeded ? 'UNREADABLE' : 'REFUSED', undefined)
    if (!succeeded || isErrorBody(body)) throw this.refusal(body)
    this.body = body
    return this
  }

  refusal(part: unknown): UpstreamFailure {
    return this.#failure('REFUSED', part)
  }

  #failure(kind: 'REFUSED' | 'UNREADABLE', body: unknown): UpstreamFailure {
    const { errorCode, message, requestId } = readErrorBody(body)
    return new UpstreamFailure(kind, this, {
      sent: true,
      detail: loggable(this.#detail(body, message), this.#secrets()),
      answer: {
        status: this.status,
        isPage: body === undefined && /^\s*</.test(this.#text),
        errorCode: this.#shown(errorCode),
        message: this.#shown(message),
        requestId: this.requestId ?? this.#shown(vendorRequestId(requestId)),
        retryAfterMs: retryAfterMs(this.headers, Date.now()),
      },
    })
  }

  #detail(body: unknown, message: string | null): string | null {
    if (this.status === 401) return detailOfRefusal(message, this.headers.get('date'), Date.now())
    return body === undefined ? (this.#undecodable ?? jsonFault(this.#text)) : null
  }

  /** Drops a text that holds a secret of the request, in any encoding. */
  #shown(text: string | null): string | null {
    return text === null || holdsSecret(text, this.#secrets()) ? null : text
  }

  #secrets(): readonly string[] {
    return secretsOf(this.#credentials, this.#sent)
  }
}

/** The value of a JSON text; `undefined`, which no JSON is, for a text that is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(withoutByteOrderMark(text))
  } catch {
    return undefined
  }
}

const KIND_BY_REASON = {
  TIME: 'TIMEOUT',
  MEMORY: 'OVERLOADED',
  SIZE: 'TOO_LONG',
  CONNECTION: 'DISCONNECTED',
  ABANDONED: 'ABANDONED',
} as const

function failureOf(
  service: UpstreamService,
  operation: string,
  error: ExchangeError,
  { credentials }: AuthenticatedContext,
): UpstreamFailure {
  const kind = error.reason === 'CONNECTION' && !error.sent ? 'UNREACHABLE' : KIND_BY_REASON[error.reason]
  const detail = loggable(detailOfExchange(error), secretsOf(credentials, {}))
  return new UpstreamFailure(kind, { service, operation }, { sent: error.sent, detail, cause: error })
}
