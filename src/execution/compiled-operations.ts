import { type DocumentNode, type GraphQLSchema, getOperationAST } from 'graphql'
import { LRUCache } from 'lru-cache'
import { type CompiledOperation, compileOperation } from './compile-operation.ts'

/**
 * The valid documents that were requested last, by their exact text, and their operations. This is the only cache of
 * documents. It keeps no refused document, so that callers who are refused cannot fill it.
 */
export interface CompiledOperations {
  /** `undefined` for an unknown document, and for an operation that only graphql-js executes. */
  readonly get: (text: string, operationName?: string | null) => CompiledOperation | undefined
  /** A known document. */
  readonly document: (text: string) => DocumentNode | undefined
  /** Keeps a valid document. */
  readonly add: (text: string, document: DocumentNode) => void
}

export interface Bounds {
  readonly documents: number
  /** Memory limit for all of them, approximate. */
  readonly bytes: number
  /** Longer documents are not kept. */
  readonly maxLength: number
}

const BOUNDS: Bounds = { documents: 500, bytes: 32 * 1024 * 1024, maxLength: 32 * 1024 }

/** Measured upper bounds: of a document, whose syntax tree keeps its tokens, and of a planned field. */
const BYTES_PER_DOCUMENT = 2000
const BYTES_PER_CHARACTER = 160
const BYTES_PER_FIELD = 1200

interface Kept {
  readonly text: string
  readonly document: DocumentNode
  readonly operations: ReadonlyMap<string | undefined, CompiledOperation | undefined>
  readonly bytes: number
}

export function compiledOperations(schema: GraphQLSchema, bounds: Bounds = BOUNDS): CompiledOperations {
  const documents = new LRUCache<string, Kept>({
    max: bounds.documents,
    maxSize: bounds.bytes,
    sizeCalculation: ({ bytes }) => bytes,
    dispose: (kept) => {
      if (kept === last) last = undefined
    },
  })
  /** The document that was requested last. */
  let last: Kept | undefined

  function known(text: string): Kept | undefined {
    // Comparing a text costs less than hashing it, and the same one often repeats.
    if (last?.text === text) return last
    const kept = documents.get(text)
    if (kept !== undefined) last = kept
    return kept
  }

  return {
    get(text, operationName) {
      const kept = known(text)
      if (kept === undefined) return undefined
      const name = operationName ?? undefined
      const compiled = kept.operations.get(name)
      if (compiled !== undefined || kept.operations.has(name)) return compiled
      // Names that callers invent are not kept.
      if (!getOperationAST(kept.document, name)) return undefined
      const made = compileOperation(schema, kept.document, name)
      const bytes = kept.bytes + (made?.weight ?? 0) * BYTES_PER_FIELD
      documents.set(text, { ...kept, operations: new Map([...kept.operations, [name, made]]), bytes })
      return made
    },
    document: (text) => known(text)?.document,
    add(text, document) {
      if (text.length > bounds.maxLength || documents.has(text)) return
      const bytes = BYTES_PER_DOCUMENT + text.length * BYTES_PER_CHARACTER
      documents.set(text, { text, document, operations: new Map(), bytes })
      // The comparison with `last` did not mark that document as recently used: look it up, so that it is kept.
      last = undefined
    },
  }
}
