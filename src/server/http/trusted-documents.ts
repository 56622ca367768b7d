import type { GraphqlParams } from './read-params.ts'
import type { Refusal } from './refusal.ts'

/** The documents that may run, by their ids. */
export type TrustedDocuments = ReadonlyMap<string, string>

/** What runs: the parameters of a request with the document that it chose. */
export type RunParams = Omit<GraphqlParams, 'documentId'>

/**
 * A request's parameters with the document that it names by its id or gives as a text. Where there is a list of trusted
 * documents, no other runs.
 */
export function chooseDocument(
  { documentId, ...params }: GraphqlParams,
  trusted: TrustedDocuments | undefined,
): { readonly params: RunParams } | { readonly refused: Refusal } {
  const { query } = params
  if (trusted === undefined) return query === undefined ? refuse('There is no query.') : { params }
  const id = documentId ?? hashOf(params)
  if (id === undefined && query === undefined) return refuse('There is no id of a trusted document.')
  const document = id === undefined ? sameText(query, trusted) : trusted.get(id)
  if (document === undefined || (query !== undefined && query !== document)) {
    return refuse('Only trusted documents run here.', 'PERSISTED_QUERY_NOT_FOUND')
  }
  return { params: { ...params, query: document } }
}

const refuse = (message: string, code: Refusal['code'] = 'BAD_REQUEST') => ({
  refused: { status: 400, message, code },
})

/** The id as Apollo's clients send it. */
function hashOf({ extensions }: RunParams): string | undefined {
  const { sha256Hash } = (extensions?.['persistedQuery'] ?? {}) as { readonly sha256Hash?: unknown }
  return typeof sha256Hash === 'string' ? sha256Hash : undefined
}

const texts = new WeakMap<TrustedDocuments, ReadonlySet<string>>()

/** A text, if it is that of a trusted document. */
function sameText(text: string | undefined, trusted: TrustedDocuments): string | undefined {
  const known = texts.get(trusted) ?? new Set(trusted.values())
  texts.set(trusted, known)
  return text !== undefined && known.has(text) ? text : undefined
}
