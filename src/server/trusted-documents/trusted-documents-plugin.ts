import { GraphQLError } from 'graphql'
import type { GraphQLParams, Plugin } from 'graphql-yoga'
import { bareId, sha256Of, type TrustedDocuments } from './trusted-documents.ts'

/**
 * Puts the text in the place of a trusted document's id, and refuses other texts where only trusted ones are executed.
 * What runs then passes every check and limit that a text of the caller's does. No request adds a document.
 */
export function trustedDocumentsPlugin({ byId, texts, only }: TrustedDocuments): Plugin {
  return {
    onParams({ request, params, setParams }) {
      if (typeof params !== 'object' || params === null) return
      const { documentId, ...rest }: GraphQLParams & { documentId?: unknown } = params
      const given = documentId ?? documentIdOf(request) ?? persistedQueryOf(rest.extensions)
      const id = typeof given === 'string' ? bareId(given) : undefined
      const query: unknown = rest.query ?? undefined
      if (id === undefined) {
        if (typeof query === 'string') refuseUntrusted(query)
      } else if (query === undefined || query === '') {
        const text = byId.get(id)
        if (text === undefined) throw notFound()
        setParams({ ...rest, query: text })
      } else if (typeof query === 'string') {
        if (id !== sha256Of(query)) throw mismatch()
        refuseUntrusted(query)
        setParams(rest)
      }
    },
  }

  function refuseUntrusted(query: string): void {
    if (only && !texts.has(query)) throw notTrusted()
  }
}

/** Of a GET: a body has it among its parameters. */
const documentIdOf = (request: Request): string | undefined =>
  request.method === 'GET' ? (new URL(request.url).searchParams.get('documentId') ?? undefined) : undefined

/** The id as automatic persisted queries send it. */
function persistedQueryOf(extensions: unknown): unknown {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: unknown }
  const { version, sha256Hash } = (persistedQuery ?? {}) as { version?: unknown; sha256Hash?: unknown }
  return version === 1 ? sha256Hash : undefined
}

const refusal = (message: string, code: string): GraphQLError =>
  new GraphQLError(message, { extensions: { code, http: { status: 400, spec: true } } })

/** These words, and this code, are what clients of automatic persisted queries look for. */
const notFound = () => refusal('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND')
const mismatch = () =>
  refusal('The id is not the SHA-256 of the query that came with it.', 'PERSISTED_QUERY_MISMATCH')
const notTrusted = () => refusal('Only trusted documents are executed here.', 'PERSISTED_QUERY_ONLY')
