import type { IncomingMessage } from 'node:http'
import type { Profile } from '../profile.ts'
import { isAllowedHost } from './host.ts'
import type { HttpRefusal } from './http-refusal.ts'

export const GRAPHQL_PATH = '/graphql'

interface Routing {
  readonly profile: Pick<Profile, 'graphiql'>
  /** Host names that requests may name; `undefined`: any. */
  readonly allowedHosts: ReadonlySet<string> | undefined
}

/** What serves a request: GraphQL, or the page GraphiQL for a browser that opens the path. */
export function routeOf(
  { url, method, headers }: IncomingMessage,
  path: string,
  { profile, allowedHosts }: Routing,
): 'GRAPHQL' | 'GRAPHIQL' | HttpRefusal {
  if (allowedHosts !== undefined && !isAllowedHost(url, headers.host, allowedHosts)) return OTHER_HOST
  const isBrowser = method === 'GET' && (headers.accept?.includes('text/html') ?? false)
  if (profile.graphiql && isBrowser && (path === GRAPHQL_PATH || path === '/')) return 'GRAPHIQL'
  return path === GRAPHQL_PATH ? 'GRAPHQL' : NOT_FOUND
}

const OTHER_HOST: HttpRefusal = {
  status: 421,
  message: 'This host name is not served here; the setting ALLOWED_HOSTS names those that are.',
}

const NOT_FOUND: HttpRefusal = {
  status: 404,
  message: `There is nothing at this path; GraphQL is at ${GRAPHQL_PATH}.`,
}
