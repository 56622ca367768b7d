import type { RequestSecrets } from '../http/request-secrets.ts'
import type { RenderedError } from './render-error.ts'

const WITHHELD = 'The message is withheld: the request holds its own credentials outside of their header.'

/** An error without the parts of it that quote the credentials of its request: a name in the document can be a token. */
export function errorWithoutSecrets(error: RenderedError, secrets: RequestSecrets): RenderedError {
  if (secrets.isEmpty()) return error
  const { message, path, locations, extensions } = error
  const isClean = (part: unknown): boolean => !secrets.isIn(JSON.stringify(part) ?? '')
  if (isClean([message, path, extensions])) return error
  return {
    message: isClean(message) ? message : WITHHELD,
    ...(locations !== undefined && { locations }),
    ...(path !== undefined && isClean(path) && { path }),
    extensions: Object.fromEntries(Object.entries(extensions).filter(([, value]) => isClean(value))),
  }
}
