import type { IncomingHttpHeaders } from 'node:http'
import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from 'graphql'
import type { Audience } from '../errors/graphql-error.ts'
import { languageOf } from '../errors/language.ts'
import type { Caller } from '../operations/operation-context.ts'
import type { CallRecord } from '../upstream/call-context.ts'
import type { RunParams } from './http/trusted-documents.ts'
import { requestIdOf } from './request-id.ts'

/** What is known of one HTTP request while it is served: what errors, the log and resolvers need of it. */
export interface RequestScope {
  readonly audience: Audience
  readonly caller: Caller
  /** The project of the header `X-Project-Id`, else the configured one. */
  readonly projectId: string | undefined
  /** On `performance.now()`'s clock. */
  readonly startedAt: number
  readonly calls: CallRecord[]
  /** Enum values in answers that no table knows, by REST field. */
  readonly unknownValues: { readonly field: string; readonly value: string }[]
  params: RunParams
  /** Characters of the body that it came in. */
  characters: number
  document: DocumentNode | undefined
}

/** What the server makes before Yoga sees a request; plugins and resolvers find it in their context. */
export interface ServerContext {
  readonly scope: RequestScope
}

export function openScope(
  headers: IncomingHttpHeaders,
  caller: Caller,
  projectId: string | undefined,
): RequestScope {
  return {
    audience: {
      language: languageOf(headers['accept-language'] ?? null),
      requestId: requestIdOf(headers['x-request-id']),
    },
    caller,
    projectId: textOf(headers['x-project-id']) || projectId,
    startedAt: performance.now(),
    calls: [],
    unknownValues: [],
    params: {},
    characters: 0,
    document: undefined,
  }
}

/** A header that came several times, as one text. */
export const textOf = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header.join(', ') : header

/** The operation that the request runs, as far as there is one. */
export const operationOf = ({ document, params }: RequestScope): OperationDefinitionNode | undefined =>
  (document && getOperationAST(document, params.operationName)) ?? undefined
