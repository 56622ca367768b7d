import { type DocumentNode, type GraphQLSchema, getOperationAST } from 'graphql'
import { type CompiledOperation, compileOperation } from './compile-operation.ts'

/** The operations of valid documents, by the documents' exact text. The documents asked for last are kept. */
export interface CompiledOperations {
  /** `undefined` for a document that is not known, and for an operation that graphql-js has to execute. */
  readonly get: (text: string, operationName?: string | null) => CompiledOperation | undefined
  /** Keeps a document. Whoever calls this has found it valid. */
  readonly add: (text: string, document: DocumentNode) => void
}

export interface Bounds {
  readonly documents: number
  /** About how much memory they may take together. */
  readonly bytes: number
  /** Longer documents are not kept. */
  readonly longest: number
}

const BOUNDS: Bounds = { documents: 500, bytes: 64 * 1024 * 1024, longest: 32 * 1024 }

/** At the most, measured: a document, whose syntax tree keeps its tokens, and a planned field. */
const BYTES_PER_CHARACTER = 160
const BYTES_PER_FIELD = 1200

interface Kept {
  readonly text: string
  readonly document: DocumentNode
  readonly operations: Map<string | undefined, CompiledOperation | undefined>
  bytes: number
  /** The greater, the later it was asked for. */
  lastUse: number
}

export function compiledOperations(schema: GraphQLSchema, bounds: Bounds = BOUNDS): CompiledOperations {
  const documents = new Map<string, Kept>()
  let bytes = 0
  let uses = 0
  /** The one that was asked for last. */
  let last: Kept | undefined

  function grow(kept: Kept, by: number): void {
    kept.bytes += by
    bytes += by
    while (documents.size > bounds.documents || bytes > bounds.bytes) {
      const oldest = leastRecent(documents.values())
      documents.delete(oldest.text)
      bytes -= oldest.bytes
      if (oldest === last) last = undefined
    }
  }

  function used(kept: Kept): void {
    uses += 1
    kept.lastUse = uses
    last = kept
  }

  return {
    get(text, operationName) {
      // To compare a text costs less than to hash it, and the same one comes often.
      const kept = last?.text === text ? last : documents.get(text)
      if (kept === undefined) return undefined
      used(kept)

      const name = operationName ?? undefined
      const known = kept.operations.get(name)
      if (known !== undefined || kept.operations.has(name)) return known
      // Names that callers make up are not kept.
      if (!getOperationAST(kept.document, name)) return undefined
      const compiled = compileOperation(schema, kept.document, name)
      kept.operations.set(name, compiled)
      grow(kept, (compiled?.weight ?? 0) * BYTES_PER_FIELD)
      return compiled
    },
    add(text, document) {
      if (text.length > bounds.longest || documents.has(text)) return
      const kept = { text, document, operations: new Map(), bytes: 0, lastUse: 0 }
      used(kept)
      documents.set(text, kept)
      grow(kept, text.length * BYTES_PER_CHARACTER)
    },
  }
}

const leastRecent = (documents: Iterable<Kept>): Kept =>
  [...documents].reduce((oldest, one) => (one.lastUse < oldest.lastUse ? one : oldest))
