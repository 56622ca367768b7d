import { createYoga, type YogaServerInstance } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { GraphqlContext } from '../graphql/graphql-context.ts'
import { schema } from '../graphql/schema.ts'
import { acceptPlugin } from './accept-plugin.ts'
import { errorPlugin } from './error-plugin.ts'
import { graphiqlPlugin } from './graphiql/graphiql-plugin.ts'
import { type ContextSettings, graphqlContext } from './graphql-context.ts'
import { logPlugin } from './log-plugin.ts'
import { nestingPlugin } from './nesting-plugin.ts'
import type { RequestScope, RequestScopes } from './request-scope.ts'
import { safeGetPlugin } from './safe-get-plugin.ts'
import { scopePlugin } from './scope-plugin.ts'
import type { TrustedDocuments } from './trusted-documents/trusted-documents.ts'
import { trustedDocumentsPlugin } from './trusted-documents/trusted-documents-plugin.ts'

export interface GatewaySettings extends ContextSettings {
  readonly mode: 'sandbox' | 'cloud'
  /** The project of callers that name none. */
  readonly projectId: string | undefined
  /** Whether a browser that opens `/graphql` gets GraphiQL. */
  readonly graphiql: boolean
  /** The documents that callers may name by their ids. */
  readonly trustedDocuments?: TrustedDocuments | undefined
  readonly log: Logger
}

/** A request body larger than this is refused unread. */
const BODY_BYTES = 256 * 1024

export type Gateway = YogaServerInstance<object, object>

/** The GraphQL server as a handler of HTTP requests; it listens nowhere by itself. */
export function createGateway(settings: GatewaySettings): Gateway {
  const scopes: RequestScopes = new WeakMap()
  return createYoga<object, object>({
    schema,
    context: ({ request }): GraphqlContext => graphqlContext(settings, request, scopeOf(scopes, request)),
    plugins: [
      scopePlugin(scopes, settings),
      ...(settings.graphiql ? [graphiqlPlugin()] : []),
      acceptPlugin(),
      safeGetPlugin(),
      ...(settings.trustedDocuments ? [trustedDocumentsPlugin(settings.trustedDocuments)] : []),
      nestingPlugin(),
      errorPlugin(schema, settings.cloud, scopes, settings.log),
      logPlugin(scopes, settings.log),
    ],
    // The error plugin shows every error itself.
    maskedErrors: false,
    maxRequestBodySize: BODY_BYTES,
    graphiql: false,
    landingPage: false,
    multipart: false,
    cors: false,
    logging: false,
  })
}

function scopeOf(scopes: RequestScopes, request: Request): RequestScope {
  const scope = scopes.get(request)
  if (scope === undefined) throw new Error('a request without a scope')
  return scope
}
