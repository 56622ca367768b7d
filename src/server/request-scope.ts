import { type DocumentNode, getOperationAST, type OperationDefinitionNode } from 'graphql'
import type { Audience } from '../errors/graphql-error.ts'
import type { CallRecord } from '../upstream/call-context.ts'

/** What is known of one HTTP request while it is served: what errors, the log and resolvers need of it. */
export interface RequestScope {
  readonly audience: Audience
  /** The project of the header `X-Project-Id`, else the configured one. */
  readonly projectId: string | undefined
  /** On `performance.now()`'s clock. */
  readonly startedAt: number
  readonly calls: CallRecord[]
  /** Enum values in answers that no table knows, by REST field. */
  readonly unknownValues: { readonly field: string; readonly value: string }[]
  params: {
    readonly operationName?: string | undefined
    readonly variables?: Record<string, unknown> | undefined
  }
  document: DocumentNode | undefined
}

/** Scopes by request, so that plugins share what they know without touching the request. */
export type RequestScopes = WeakMap<Request, RequestScope>

/** The operation that the request runs, as far as there is one. */
export const operationOf = ({ document, params }: RequestScope): OperationDefinitionNode | undefined =>
  (document && getOperationAST(document, params.operationName)) ?? undefined
