import type { HttpRefusal } from '../http/http-refusal.ts'
import type { GraphqlParams } from '../http/read-params.ts'
import { bareId, sha256Of, type TrustedDocuments } from './trusted-documents.ts'

/** What runs: the parameters of a request with the document that it chose. */
export type RunParams = Omit<GraphqlParams, 'documentId'>

/**
 * Puts the text in the place of a trusted document's id, and refuses other texts where only trusted ones are executed.
 * What runs then passes every check and limit that a text of the caller's does. No request adds a document.
 */
export function chooseDocument(
  given: GraphqlParams,
  trusted: TrustedDocuments | undefined,
): { readonly params: RunParams } | { readonly refused: HttpRefusal } {
  const { documentId, ...params } = given
  const { query } = params
  const named = documentId ?? persistedQueryOf(params.extensions)
  if (trusted === undefined) {
    if (query !== undefined && !(query === '' && named !== undefined)) return { params: given }
    return { refused: named === undefined ? NO_QUERY : NOT_SUPPORTED }
  }
  const id = named === undefined ? undefined : bareId(named)
  if (id !== undefined && !query) {
    const text = trusted.byId.get(id)
    return text === undefined ? { refused: NOT_FOUND } : { params: { ...params, query: text } }
  }
  if (query === undefined) return { refused: NO_QUERY }
  if (id !== undefined && id !== sha256Of(query)) return { refused: MISMATCH }
  return trusted.only && !trusted.texts.has(query) ? { refused: NOT_TRUSTED } : { params }
}

/** The id as automatic persisted queries send it. */
function persistedQueryOf(extensions: GraphqlParams['extensions']): string | undefined {
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: unknown }
  const { version, sha256Hash } = (persistedQuery ?? {}) as { version?: unknown; sha256Hash?: unknown }
  return version === 1 && typeof sha256Hash === 'string' ? sha256Hash : undefined
}

const refusal = (message: string, code: HttpRefusal['code']): HttpRefusal => ({
  status: 400,
  isOfGraphql: true,
  message,
  code,
})

const NO_QUERY: HttpRefusal = { status: 400, message: 'There is no query.' }
/** Clients of automatic persisted queries look for these two words and codes, and send the text then. */
const NOT_FOUND = refusal('PersistedQueryNotFound', 'PERSISTED_QUERY_NOT_FOUND')
const NOT_SUPPORTED = refusal('PersistedQueryNotSupported', 'PERSISTED_QUERY_NOT_SUPPORTED')
const MISMATCH = refusal(
  'The id is not the SHA-256 of the query that came with it.',
  'PERSISTED_QUERY_MISMATCH',
)
const NOT_TRUSTED = refusal('Only trusted documents are executed here.', 'PERSISTED_QUERY_ONLY')
