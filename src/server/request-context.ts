import type { IncomingHttpHeaders } from 'node:http'
import type { DocumentNode, OperationDefinitionNode } from 'graphql'
import { languageOf } from '../errors/language.ts'
import type { Audience } from '../errors/render-gateway-error.ts'
import type { Caller } from '../operations/operation-context.ts'
import type { AskedWrite, WriteEnd } from '../operations/write-record.ts'
import type { CallRecord } from '../upstream/client/call-context.ts'
import type { RunParams } from './documents/choose-document.ts'
import { requestIdOf } from './http/request-id.ts'
import { RequestSecrets } from './http/request-secrets.ts'
import type { UnknownValue } from './observability/operation-report.ts'
import { type OperationSpan, type Tracing, traceHeaders, traceIdOf } from './observability/tracing/tracing.ts'

/** One HTTP request: what is known of it from its headers, and a record of what becomes of it. */
export interface RequestContext {
  /** The request's id, and the language of its messages. */
  readonly audience: Audience
  /** Headers of every response to it. */
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly secrets: RequestSecrets
  /** The project of the header `X-Project-Id`, else the configured one. */
  readonly projectId: string | undefined
  /** On `performance.now()`'s clock. */
  readonly startedAt: number
  /** The trace that the caller has named. */
  readonly traceId: string | undefined
  /** The operation's span, where tracing is on. */
  readonly span: OperationSpan | undefined
  readonly record: OperationRecord
}

/** What is known of an operation, filled in by each step of the pipeline and by the resolvers. */
export interface OperationRecord {
  params: RunParams
  /** Length of the body, or of the query of the URL, in UTF-16 code units. */
  characters: number
  document: DocumentNode | undefined
  operation: OperationDefinitionNode | undefined
  caller: Caller
  /** Whether the document was valid, and the operation was executed. */
  ran: boolean
  readonly calls: CallRecord[]
  /** The writes that have begun; `end` is set when they have ended. */
  readonly writes: { readonly asked: AskedWrite; end: WriteEnd | undefined }[]
  /** Enum values in answers of the cloud that no table has. */
  readonly unknownValues: UnknownValue[]
}

export interface ContextSettings {
  /** The project of callers that name none. */
  readonly projectId: string | undefined
  readonly mode: 'sandbox' | 'cloud'
  readonly tracing?: Tracing | undefined
}

export function createRequestContext(
  headers: IncomingHttpHeaders,
  { projectId, mode, tracing }: ContextSettings,
): RequestContext {
  const startedAt = performance.now()
  const secrets = new RequestSecrets(headers)
  const requestId = requestIdOf(headers['x-request-id'], secrets)
  const traceId = traceIdOf(headers['traceparent'])
  return {
    audience: { language: languageOf(headers['accept-language']), requestId },
    responseHeaders: {
      'x-request-id': requestId,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      ...(mode === 'sandbox' && { 'x-gateway-mode': mode }),
    },
    secrets,
    projectId: textOf(headers['x-project-id']) || projectId,
    startedAt,
    traceId: traceId !== undefined && secrets.include(traceId) ? undefined : traceId,
    span: tracing?.begin(traceHeaders(headers, secrets), startedAt),
    record: {
      params: {},
      characters: 0,
      document: undefined,
      operation: undefined,
      caller: NOT_AUTHENTICATED,
      ran: false,
      calls: [],
      writes: [],
      unknownValues: [],
    },
  }
}

const NOT_AUTHENTICATED: Caller = { refused: 'TOKEN_MISSING' }

/** A header that came several times, as one text. */
const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header
