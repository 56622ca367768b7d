import { withoutByteOrderMark } from '../../lib/byte-order-mark.ts'
import type { UpstreamService } from '../../lib/products.ts'
import { isErrorBody, readErrorBody } from '../http/error-body.ts'
import type { HttpRequest, HttpResponse } from '../http/exchange.ts'
import { jsonFault } from '../http/json-fault.ts'
import { retryAfterMs, vendorRequestId } from '../http/response-headers.ts'
import { holdsSecret, isOfSecret } from '../http/secret-search.ts'
import { UpstreamFailure } from '../upstream-failure.ts'
import { type RequestCredentials, secretsOf } from './credentials.ts'
import { detailOfRefusal, loggable } from './failure-detail.ts'

/** The response to a REST call that succeeded. */
export interface UpstreamSuccess {
  readonly service: UpstreamService
  readonly operation: string
  readonly status: number
  readonly requestId: string | null
  /** The headers, names in lower case. */
  readonly headers: HttpResponse['headers']
  /** The parsed JSON body; `null` for a write whose response is 204 without a body. */
  readonly body: unknown
  /** The failure that an error inside the body of a success describes. */
  readonly refusal: (part: unknown) => UpstreamFailure
}

/** A response of the cloud. It drops each of its texts that contains a secret of the request. */
export class UpstreamResponse implements UpstreamSuccess {
  readonly service: UpstreamService
  readonly operation: string
  readonly status: number
  readonly requestId: string | null
  readonly headers: HttpResponse['headers']
  body: unknown
  readonly #method: HttpRequest['method']
  readonly #text: string
  readonly #undecodable: string | undefined
  readonly #credentials: RequestCredentials
  readonly #sent: Readonly<Record<string, string>>

  constructor(
    service: UpstreamService,
    { operation, method }: { readonly operation: string; readonly method: HttpRequest['method'] },
    response: HttpResponse,
    credentials: RequestCredentials,
    sent: Readonly<Record<string, string>>,
  ) {
    this.service = service
    this.operation = operation
    this.status = response.status
    this.headers = response.headers
    this.#method = method
    this.#text = response.body
    this.#undecodable = response.undecodable
    this.#credentials = credentials
    this.#sent = sent
    const requestId = vendorRequestId(response.headers.get('x-request-id'))
    // Every response has one, of letters and digits only, so the cheaper test is enough.
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
      response: {
        status: this.status,
        isPage: body === undefined && /^\s*</.test(this.#text),
        errorCode: this.#withoutSecrets(errorCode),
        message: this.#withoutSecrets(message),
        requestId: this.requestId ?? this.#withoutSecrets(vendorRequestId(requestId)),
        retryAfterMs: retryAfterMs(this.headers, Date.now()),
      },
    })
  }

  #detail(body: unknown, message: string | null): string | null {
    if (this.status === 401) return detailOfRefusal(message, this.headers.get('date'), Date.now())
    return body === undefined ? (this.#undecodable ?? jsonFault(this.#text)) : null
  }

  /** The text; `null` where it contains a secret of the request, in any encoding. */
  #withoutSecrets(text: string | null): string | null {
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
