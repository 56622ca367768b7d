/** How large a document may be. One that is larger is refused before it is looked at closely. */
export interface DocumentLimits {
  /** Tokens; also lines; also fields, each fragment counted wherever it is spread. */
  readonly tokens: number
  /** Fields below each other, fragments included. Introspection, where it is on, has a separate limit. */
  readonly depth: number
  /** Aliases of an operation; a field repeated in one selection counts as one. */
  readonly aliases: number
  readonly directives: number
  /** Fields at the root of a query. */
  readonly rootFields: number
  /** Fields at the root of an operation that writes. */
  readonly writes: number
}

export const DEFAULT_DOCUMENT_LIMITS: DocumentLimits = {
  tokens: 2_000,
  depth: 12,
  aliases: 20,
  directives: 20,
  rootFields: 20,
  writes: 1,
}
