import type { RequestListener } from 'node:http'
import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { GraphqlContext } from '../graphql/graphql-context.ts'
import { schema } from '../graphql/schema.ts'
import type { Cloud } from '../operations/cloud.ts'
import { callerOf } from './caller.ts'
import { documentPlugin } from './document-plugin.ts'
import type { DocumentLimits } from './documents/document-limits.ts'
import { textCache } from './documents/text-cache.ts'
import { errorPlugin } from './error-plugin.ts'
import { type FrontDoorSettings, frontDoor } from './front-door.ts'
import { graphiqlPlugin } from './graphiql/graphiql-plugin.ts'
import { graphqlContext } from './graphql-context.ts'
import { largeInputPlugin } from './large-input-plugin.ts'
import { logPlugin } from './log-plugin.ts'
import { openScope, type ServerContext, textOf } from './request-scope.ts'
import { safeGetPlugin } from './safe-get-plugin.ts'
import { scopePlugin } from './scope-plugin.ts'

export interface GatewaySettings extends FrontDoorSettings {
  readonly cloud: Cloud
  readonly mode: 'sandbox' | 'cloud'
  /** The token of the sandbox user, in sandbox mode only. */
  readonly sandboxToken: string | undefined
  /** The project of callers that name none. */
  readonly projectId: string | undefined
  /** How large a document may be. */
  readonly documents: DocumentLimits
  readonly log: Logger
}

/** The GraphQL server as a listener of HTTP requests; it listens nowhere by itself. */
export function createGateway(settings: GatewaySettings): RequestListener {
  const { cloud, mode, log, profile } = settings
  const yoga = createYoga<ServerContext, object>({
    schema,
    context: ({ request, scope }): GraphqlContext => graphqlContext(cloud, request.signal, scope),
    plugins: [
      scopePlugin(),
      ...(profile.graphiql ? [graphiqlPlugin()] : []),
      safeGetPlugin(),
      documentPlugin(settings.documents, profile),
      largeInputPlugin(schema),
      errorPlugin(schema, cloud, log),
      logPlugin(log),
    ],
    // The error plugin shows every error itself.
    maskedErrors: false,
    parserAndValidationCache: { documentCache: textCache(), errorCache: textCache() },
    // The front door has read the body.
    maxRequestBodySize: false,
    graphiql: false,
    landingPage: false,
    multipart: false,
    cors: false,
    logging: false,
  })
  return frontDoor({
    ...settings,
    openScope(request, response) {
      const caller = callerOf(textOf(request.headers['x-auth-token']), settings.sandboxToken)
      const scope = openScope(request.headers, caller, settings.projectId)
      response.setHeader('x-request-id', scope.audience.requestId)
      if (mode === 'sandbox') response.setHeader('x-gateway-mode', mode)
      return scope
    },
    answer: (request, response, scope) => yoga(request, response, { scope }),
  })
}
