import type { RequestListener } from 'node:http'
import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { GraphqlContext } from '../graphql/graphql-context.ts'
import { schema } from '../graphql/schema.ts'
import type { Cloud } from '../operations/cloud.ts'
import { acceptPlugin } from './accept-plugin.ts'
import type { Identify } from './callers.ts'
import { errorPlugin } from './error-plugin.ts'
import { graphiqlPlugin } from './graphiql/graphiql-plugin.ts'
import { graphqlContext } from './graphql-context.ts'
import { nestingPlugin } from './nesting-plugin.ts'
import type { Observability } from './observability.ts'
import { auditReporter } from './reporting/audit-reporter.ts'
import { logReporter } from './reporting/log-reporter.ts'
import { reportPlugin } from './reporting/report-plugin.ts'
import { createReporting } from './reporting/reporting.ts'
import { openScope, type ServerContext } from './request-scope.ts'
import { safeGetPlugin } from './safe-get-plugin.ts'
import { scopePlugin } from './scope-plugin.ts'
import type { TrustedDocuments } from './trusted-documents/trusted-documents.ts'
import { trustedDocumentsPlugin } from './trusted-documents/trusted-documents-plugin.ts'

export interface GatewaySettings {
  readonly cloud: Cloud
  readonly mode: 'sandbox' | 'cloud'
  readonly identify: Identify
  /** The project of callers that name none. */
  readonly projectId: string | undefined
  /** Whether a browser that opens `/graphql` gets GraphiQL. */
  readonly graphiql: boolean
  /** The documents that callers may name by their ids. */
  readonly trustedDocuments?: TrustedDocuments | undefined
  readonly log: Logger
  readonly observability?: Observability | undefined
}

/** A request body larger than this is refused unread. */
const BODY_BYTES = 256 * 1024

/** The GraphQL server as a listener of HTTP requests; it listens nowhere by itself. */
export function createGateway(settings: GatewaySettings): RequestListener {
  const { cloud, mode, log } = settings
  const { reporters = [], tracing } = settings.observability ?? {}
  const reporting = createReporting([logReporter(log), auditReporter(log), ...reporters], log)
  const yoga = createYoga<ServerContext, object>({
    schema,
    context: ({ request, scope }): GraphqlContext => graphqlContext(cloud, request.signal, scope, reporting),
    plugins: [
      scopePlugin(),
      ...(settings.graphiql ? [graphiqlPlugin()] : []),
      acceptPlugin(),
      safeGetPlugin(),
      ...(settings.trustedDocuments ? [trustedDocumentsPlugin(settings.trustedDocuments)] : []),
      nestingPlugin(),
      errorPlugin(schema, cloud, log),
      reportPlugin(reporting),
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
  return async (request, response) => {
    const startedAt = performance.now()
    const caller = await settings.identify(request.headers)
    const scope = openScope(request.headers, caller, settings.projectId, startedAt)
    scope.span = tracing?.begin(request.headers, scope.startedAt)
    response.setHeader('x-request-id', scope.audience.requestId)
    if (mode === 'sandbox') response.setHeader('x-gateway-mode', mode)
    yoga(request, response, { scope })
  }
}
