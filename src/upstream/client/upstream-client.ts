import type { ProjectId } from '../../lib/ids.ts'
import type { UpstreamService } from '../../lib/products.ts'
import { ByteBudget } from '../http/byte-budget.ts'
import type { ClientCertificate } from '../http/client-certificate.ts'
import { ConnectionPool } from '../http/connection-pool.ts'
import { exchange, type HttpRequest } from '../http/exchange.ts'
import { ExchangeError } from '../http/exchange-error.ts'
import type { Proxies } from '../http/proxies.ts'
import { type FailedResponse, NO_RESPONSE, UpstreamFailure } from '../upstream-failure.ts'
import type { AuthenticatedContext, CallContext, CallSpan } from './call-context.ts'
import { secretsOf } from './credentials.ts'
import { detailOfExchange, loggable } from './failure-detail.ts'
import type { Limits } from './limits.ts'
import { signedHeaders } from './sign-request.ts'
import { UpstreamResponse, type UpstreamSuccess } from './upstream-response.ts'

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

/** A client of one upstream service: connections, time limits, errors. */
export interface UpstreamClient<Context = CallContext> {
  readonly service: UpstreamService
  /**
   * Makes one REST call.
   *
   * @throws {UpstreamFailure} for everything but a success that can be read
   */
  readonly call: (request: UpstreamRequest, context: Context) => Promise<UpstreamSuccess>
  readonly close: () => Promise<void>
}

/** What the clients of several services share. */
export interface Shared {
  /** Bounds the bytes of all responses that are being read. */
  readonly budget?: ByteBudget
  readonly proxies?: Proxies | undefined
  readonly certificate?: ClientCertificate | undefined
}

export function createUpstreamClient(
  service: UpstreamService,
  baseUrl: URL,
  { connectMs, headersMs, bodyMs, maxHeaderBytes, maxResponseBytes, maxUpstreamBytes }: Limits,
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
      const record = (outcome: CallOutcome, failure: string | null, detail: string | null = null): void => {
        const { status, errorCode, requestId } = outcome
        const durationMs = performance.now() - startedAt
        const call = { service, operation, status, errorCode, requestId, detail, durationMs }
        context.record(call)
        span?.end(call, failure)
      }
      try {
        const path = basePath + request.path
        const body = request.body && JSON.stringify(request.body)
        const headers = headersOf({ method, path, body }, request.projectId, context, span)
        const totalMs = Math.max(0, context.deadline - startedAt)
        const response = await exchange(
          pool,
          { method, path, headers, body },
          { headersMs, bodyMs, totalMs, bodyBytes: maxResponseBytes, budget },
          method === 'GET' ? context.signal : undefined,
        )
        const success = new UpstreamResponse(
          service,
          request,
          response,
          context.credentials,
          headers,
        ).success()
        record({ status: success.status, errorCode: null, requestId: success.requestId }, null)
        return success
      } catch (thrown) {
        const error =
          thrown instanceof ExchangeError ? failureOf(service, operation, thrown, context) : thrown
        if (error instanceof UpstreamFailure) record(error.response, error.kind, error.detail)
        else record(NO_RESPONSE, 'INTERNAL')
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

type CallOutcome = Pick<FailedResponse, 'status' | 'errorCode' | 'requestId'>

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
