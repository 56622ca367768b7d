import { GraphQLError } from 'graphql'
import type { RequestSecrets } from '../http/request-secrets.ts'

const WITHHELD = 'The message is withheld: the request holds its own credentials outside of their header.'

/** An error without the parts of it that quote the credentials of its request: a name in the document can be a token. */
export function errorWithoutSecrets(error: GraphQLError, secrets: RequestSecrets): GraphQLError {
  const { message, path, extensions } = error
  const isClean = (part: unknown): boolean => !secrets.isIn(JSON.stringify(part) ?? '')
  if (isClean([message, path, extensions])) return error
  return new GraphQLError(isClean(message) ? message : WITHHELD, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: isClean(path) ? (path ?? null) : null,
    extensions: Object.fromEntries(Object.entries(extensions).filter(([, value]) => isClean(value))),
  })
}
