import { type DocumentNode, type GraphQLSchema, getOperationAST } from 'graphql'
import { LRUCache } from 'lru-cache'
import { type CompiledOperation, compileOperation } from './compile-operation.ts'

/**
 * The valid documents that were asked for last, by their exact text, and their operations. This is the only cache of
 * documents: what is refused is never kept, so that callers who are refused cannot fill it.
 */
export interface CompiledOperations {
  /** `undefined` for a document that is not known, and for an operation that graphql-js has to execute. */
  readonly get: (text: string, operationName?: string | null) => CompiledOperation | undefined
  /** A known document. */
  readonly document: (text: string) => DocumentNode | undefined
  /** Keeps a document that the caller has found valid. */
  readonly add: (text: string, document: DocumentNode) => void
}

export interface Bounds {
  readonly documents: number
  /** About how much memory they may take together. */
  readonly bytes: number
  /** Longer documents are not kept. */
  readonly longest: number
}

const BOUNDS: Bounds = { documents: 500, bytes: 32 * 1024 * 1024, longest: 32 * 1024 }

/** At the most, measured: a document, whose syntax tree keeps its tokens, and a planned field. */
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
  /** The one that was asked for last. */
  let last: Kept | undefined

  function known(text: string): Kept | undefined {
    // To compare a text costs less than to hash it, and the same one comes often.
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
      // Names that callers make up are not kept.
      if (!getOperationAST(kept.document, name)) return undefined
      const made = compileOperation(schema, kept.document, name)
      const bytes = kept.bytes + (made?.weight ?? 0) * BYTES_PER_FIELD
      documents.set(text, { ...kept, operations: new Map([...kept.operations, [name, made]]), bytes })
      return made
    },
    document: (text) => known(text)?.document,
    add(text, document) {
      if (text.length > bounds.longest || documents.has(text)) return
      const bytes = BYTES_PER_DOCUMENT + text.length * BYTES_PER_CHARACTER
      documents.set(text, { text, document, operations: new Map(), bytes })
      // What is new was not used before `last`: that one has to be looked up once more, to stay.
      last = undefined
    },
  }
}
