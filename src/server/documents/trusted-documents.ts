import { createHash } from 'node:crypto'
import { GraphQLError, type GraphQLSchema, Kind, parse, validate } from 'graphql'
import { isObject } from '../../vpc-channel/read-json.ts'

/** The documents that frontends were built with. */
export interface TrustedDocuments {
  /** Texts by id, without the prefix `sha256:`. */
  readonly byId: ReadonlyMap<string, string>
  readonly texts: ReadonlySet<string>
  /** Whether the gateway executes no other document. */
  readonly only: boolean
}

const SHA256 = 'sha256:'

/** An id as the manifest and requests may have it, with or without the prefix that names its algorithm. */
export const bareId = (id: string): string => (id.startsWith(SHA256) ? id.slice(SHA256.length) : id)

/** The id that automatic persisted queries give a text. */
export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * Reads a manifest, or answers every fault of it at once. It is a JSON object of texts by id, as GraphQL Code Generator and
 * Relay's compiler write it, or Apollo's: `{"format": "apollo-persisted-query-manifest", "version": 1, "operations": […]}`.
 */
export function trustedDocuments(
  manifest: string,
  schema: GraphQLSchema,
  only: boolean,
): { ok: true; documents: TrustedDocuments } | { ok: false; faults: readonly string[] } {
  const entries = entriesOf(manifest)
  if (entries === undefined) return { ok: false, faults: ['is not a JSON object of documents by their ids'] }
  const faults = entries.flatMap(([id, text]) => documentFaults(id, text, schema).map((f) => `${id}: ${f}`))
  if (faults.length > 0) return { ok: false, faults }
  const byId = new Map(entries.map(([id, text]) => [bareId(id), String(text)]))
  return { ok: true, documents: Object.freeze({ byId, texts: new Set(byId.values()), only }) }
}

function entriesOf(manifest: string): [string, unknown][] | undefined {
  try {
    const parsed: unknown = JSON.parse(manifest)
    if (!isObject(parsed)) return undefined
    return parsed['format'] === APOLLO_FORMAT ? apolloEntries(parsed) : Object.entries(parsed)
  } catch {
    return undefined
  }
}

const APOLLO_FORMAT = 'apollo-persisted-query-manifest'

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
function apolloEntries({ version, operations }: Record<string, unknown>): [string, unknown][] | undefined {
  if (version !== 1 || !Array.isArray(operations)) return undefined
  const entries = operations.map((one): [unknown, unknown] =>
    isObject(one) ? [one['id'], one['body']] : [undefined, undefined],
  )
  return entries.every((entry): entry is [string, unknown] => typeof entry[0] === 'string')
    ? entries
    : undefined
}

function documentFaults(id: string, text: unknown, schema: GraphQLSchema): readonly string[] {
  if (typeof text !== 'string') return ['is not a text']
  if (id.startsWith(SHA256) && bareId(id) !== sha256Of(text)) return ['is not the SHA-256 of its document']
  try {
    const document = parse(text)
    const operations = document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    return operations ? validate(schema, document).map(({ message }) => message) : ['has no operation']
  } catch (error) {
    return [error instanceof GraphQLError ? error.message : 'cannot be parsed']
  }
}
