import { Pool } from 'undici'
import type { CallContext, CallSpan, ProvenContext } from './call-context.ts'
import { secretsOf } from './credentials.ts'
import { isErrorBody, readErrorBody } from './error-body.ts'
import { type ExchangeAnswer, ExchangeError, type ExchangeRequest, exchange } from './exchange.ts'
import type { ProjectId } from './ids.ts'
import type { Limits } from './limits.ts'
import { retryAfterMs, vendorRequestId } from './response-headers.ts'
import { signedHeaders } from './sign-request.ts'
import { NO_ANSWER, type UpstreamAnswer, UpstreamFailure, type UpstreamService } from './upstream-failure.ts'

const BODY_BYTES = 16 * 1024 * 1024

export interface UpstreamRequest {
  /** The operation's name, as errors and the log tell it. */
  readonly operation: string
  /** The project that the path is about; credentials are of one project. */
  readonly projectId: ProjectId
  readonly method: ExchangeRequest['method']
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
  readonly headers: ExchangeAnswer['headers']
  /** The parsed JSON body. */
  readonly body: unknown
  /** A part of the body that is an error of its own, as the failure that it is. */
  readonly refusal: (part: unknown) => UpstreamFailure
}

/** A client of one upstream service: its connections, its time limits, its way of telling errors. */
export interface UpstreamClient<Context = CallContext> {
  readonly service: UpstreamService
  /**
   * Makes one REST call.
   *
   * @throws {UpstreamFailure} whenever the JSON of a success cannot be had
   */
  readonly call: (request: UpstreamRequest, context: Context) => Promise<UpstreamSuccess>
  readonly close: () => Promise<void>
}

export function createUpstreamClient(
  service: UpstreamService,
  baseUrl: URL,
  { connectMs, headersMs, bodyMs, inFlight }: Limits,
): UpstreamClient<ProvenContext> {
  const pool = new Pool(baseUrl.origin, {
    connections: inFlight,
    connect: { timeout: connectMs },
    allowH2: false,
  })
  const basePath = baseUrl.pathname.replace(/\/$/, '')

  return {
    service,
    async call(request, context) {
      const startedAt = performance.now()
      const { operation, method } = request
      const span = context.trace?.start({ service, operation, method, path: request.path, baseUrl })
      let outcome: UpstreamAnswer = NO_ANSWER
      let failure: string | null = null
      try {
        const path = basePath + request.path
        const body = request.body && JSON.stringify(request.body)
        const headers = headersOf({ method, path, body }, request.projectId, context, span)
        const totalMs = Math.max(0, context.deadline - startedAt)
        const answer = await exchange(
          pool,
          { method, path, headers, body },
          { headersMs, bodyMs, totalMs, bodyBytes: BODY_BYTES },
          method === 'GET' ? context.signal : undefined,
        )
        const success = successOf(service, operation, answer, secretsOf(context.credentials, headers))
        outcome = { ...NO_ANSWER, status: success.status, requestId: success.requestId }
        return success
      } catch (thrown) {
        const error = thrown instanceof ExchangeError ? failureOf(service, operation, thrown) : thrown
        if (error instanceof UpstreamFailure) outcome = error.answer
        failure = error instanceof UpstreamFailure ? error.kind : 'INTERNAL'
        throw error
      } finally {
        const record = {
          service,
          operation,
          status: outcome.status,
          errorCode: outcome.errorCode,
          requestId: outcome.requestId,
          durationMs: performance.now() - startedAt,
        }
        context.record(record)
        span?.end(record, failure)
      }
    },
    close: () => pool.close(),
  }
}

/** Stands in for the client of a service that no setting names. */
export const unconfiguredClient = (service: UpstreamService): UpstreamClient => ({
  service,
  call: ({ operation }) =>
    Promise.reject(new UpstreamFailure('NOT_CONFIGURED', { service, operation }, { sent: false })),
  close: () => Promise.resolve(),
})

interface Wire {
  readonly method: string
  readonly path: string
  readonly body: string | undefined
}

function headersOf(
  wire: Wire,
  projectId: ProjectId,
  context: ProvenContext,
  span: CallSpan | undefined,
): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json',
    'user-agent': 'vpc-channel-gateway',
    'x-language': context.language,
  }
  if (wire.body !== undefined) headers['content-type'] = 'application/json'
  if (span !== undefined) Object.assign(headers, span.headers)
  const { credentials: proof } = context
  if (proof.kind === 'TOKEN') headers['x-auth-token'] = proof.token
  else if (proof.kind === 'ACCESS_KEY') {
    const toSign = { ...wire, body: wire.body ?? '', headers: { 'x-project-id': projectId } }
    Object.assign(headers, signedHeaders(toSign, proof, new Date()))
  }
  return headers
}

/** The JSON of a success; everything else is a failure. */
function successOf(
  service: UpstreamService,
  operation: string,
  answer: ExchangeAnswer,
  secrets: readonly string[],
): UpstreamSuccess {
  const { status } = answer
  const parsed = parseJson(answer.body)
  const succeeded = status >= 200 && status < 300
  const headerRequestId = withheld(vendorRequestId(answer.headers['x-request-id']), secrets)

  function failure(kind: 'REFUSED' | 'UNREADABLE', body: unknown): UpstreamFailure {
    const { errorCode, message, requestId } = readErrorBody(body)
    const shown = (text: string | null) => withheld(text, secrets)
    return new UpstreamFailure(
      kind,
      { service, operation },
      {
        sent: true,
        answer: {
          status,
          errorCode: shown(errorCode),
          message: shown(message),
          requestId: headerRequestId ?? shown(vendorRequestId(requestId)),
          retryAfterMs: retryAfterMs(answer.headers, Date.now()),
        },
      },
    )
  }

  if (!succeeded || !parsed.ok || isErrorBody(parsed.value)) {
    throw failure(succeeded && !parsed.ok ? 'UNREADABLE' : 'REFUSED', parsed.ok ? parsed.value : undefined)
  }
  return {
    service,
    operation,
    status,
    requestId: headerRequestId,
    headers: answer.headers,
    body: parsed.value,
    refusal: (part) => failure('REFUSED', part),
  }
}

/** A text that holds what a call was proven with is dropped where it is read. */
const withheld = (text: string | null, secrets: readonly string[]): string | null =>
  text !== null && secrets.some((secret) => secret !== '' && text.includes(secret)) ? null : text

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: JSON.parse(text) }
  } catch {
    return { ok: false }
  }
}

const KIND_BY_REASON = {
  TIME: 'TIMEOUT',
  SIZE: 'UNREADABLE',
  CONNECTION: 'DISCONNECTED',
  ABANDONED: 'ABANDONED',
} as const

function failureOf(service: UpstreamService, operation: string, error: ExchangeError): UpstreamFailure {
  const kind = error.reason === 'CONNECTION' && !error.sent ? 'UNREACHABLE' : KIND_BY_REASON[error.reason]
  return new UpstreamFailure(kind, { service, operation }, { sent: error.sent, cause: error })
}
