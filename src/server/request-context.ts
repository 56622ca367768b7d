import type { IncomingHttpHeaders } from 'node:http'
import {
  type DocumentNode,
  type ExecutionResult,
  getOperationAST,
  type OperationDefinitionNode,
} from 'graphql'
import type { Audience } from '../errors/graphql-error.ts'
import { languageOf } from '../errors/language.ts'
import type { Caller } from '../operations/operation-context.ts'
import type { AskedWrite, WriteEnd } from '../operations/write-record.ts'
import type { CallRecord } from '../upstream/client/call-context.ts'
import type { RunParams } from './documents/choose-document.ts'
import { requestIdOf } from './http/request-id.ts'
import { RequestSecrets } from './http/request-secrets.ts'
import { type OperationSpan, traceIdOf } from './observability/tracing/tracing.ts'

/** What is known of one HTTP request while it is served: what errors, the log and resolvers need of it. */
export interface RequestContext {
  readonly audience: Audience
  /** Headers of the answer, whatever it will be. */
  readonly answerHeaders: Record<string, string>
  readonly secrets: RequestSecrets
  /** Nobody, until the request has been let in. */
  caller: Caller
  /** The project of the header `X-Project-Id`, else the configured one. */
  readonly projectId: string | undefined
  /** The path that was asked for, without its query. */
  path: string
  /** On `performance.now()`'s clock. */
  readonly startedAt: number
  readonly calls: CallRecord[]
  /** Enum values in answers that no table knows, by REST field. */
  readonly unknownValues: { readonly field: string; readonly form: string }[]
  params: RunParams
  /** Characters of the body that it came in. */
  characters: number
  document: DocumentNode | undefined
  /** The operation of the document that runs, once somebody has asked for it. */
  operation: OperationDefinitionNode | undefined
  /** What was executed already, for Yoga to answer. */
  result: ExecutionResult | undefined
  /** Whether the document was valid, and the operation came to be executed. */
  ran: boolean
  /** The writes that have begun; `end` is there once they have ended. */
  readonly writes: { readonly asked: AskedWrite; end: WriteEnd | undefined }[]
  /** The trace that the caller has named. */
  readonly traceId: string | undefined
  /** The operation's span, where tracing is on. */
  span: OperationSpan | undefined
}

/** What the server makes before Yoga sees a request; plugins and resolvers find it in their context. */
export interface ServerContext {
  readonly requestContext: RequestContext
}

export function createRequestContext(
  headers: IncomingHttpHeaders,
  projectId: string | undefined,
): RequestContext {
  const secrets = new RequestSecrets(headers)
  const requestId = requestIdOf(headers['x-request-id'], secrets)
  const traceId = traceIdOf(headers['traceparent'])
  return {
    audience: { language: languageOf(headers['accept-language']), requestId },
    answerHeaders: {
      'x-request-id': requestId,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    secrets,
    caller: NOBODY,
    projectId: textOf(headers['x-project-id']) || projectId,
    startedAt: performance.now(),
    path: '',
    calls: [],
    unknownValues: [],
    params: {},
    characters: 0,
    document: undefined,
    operation: undefined,
    result: undefined,
    ran: false,
    writes: [],
    traceId: traceId !== undefined && secrets.include(traceId) ? undefined : traceId,
    span: undefined,
  }
}

const NOBODY: Caller = { refused: 'TOKEN_MISSING' }

/** A header that came several times, as one text. */
const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header

/** The operation that the request runs, as far as there is one. */
export function operationOf(context: RequestContext): OperationDefinitionNode | undefined {
  const { document, params } = context
  if (document !== undefined)
    context.operation ??= getOperationAST(document, params.operationName) ?? undefined
  return context.operation
}
