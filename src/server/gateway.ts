import type { RequestListener } from 'node:http'
import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import { compiledOperations } from '../execution/compiled-operations.ts'
import type { GraphqlContext } from '../graphql/graphql-context.ts'
import { schema } from '../graphql/schema.ts'
import type { Cloud } from '../operations/cloud.ts'
import type { Leaving } from '../upstream/call-context.ts'
import { breakOffWith } from './break-off.ts'
import { documentPlugin } from './document-plugin.ts'
import type { DocumentLimits } from './documents/document-limits.ts'
import { textCache } from './documents/text-cache.ts'
import { errorPlugin, errorShower } from './error-plugin.ts'
import { type FrontDoorSettings, frontDoor } from './front-door.ts'
import { graphiqlPlugin } from './graphiql/graphiql-plugin.ts'
import { graphqlContext } from './graphql-context.ts'
import { knownOperationsPlugin, shortWay } from './known-operations.ts'
import { largeInputPlugin } from './large-input-plugin.ts'
import type { Observability } from './observability.ts'
import { auditReporter } from './reporting/audit-reporter.ts'
import { logReporter } from './reporting/log-reporter.ts'
import { reportPlugin } from './reporting/report-plugin.ts'
import { createReporting } from './reporting/reporting.ts'
import { openScope, type RequestScope, type ServerContext } from './request-scope.ts'
import { safeGetPlugin } from './safe-get-plugin.ts'
import { scopePlugin } from './scope-plugin.ts'
import { traceHeaders } from './tracing/tracing.ts'

export interface GatewaySettings extends FrontDoorSettings {
  readonly cloud: Cloud
  readonly mode: 'sandbox' | 'cloud'
  /** The project of callers that name none. */
  readonly projectId: string | undefined
  /** How large a document may be. */
  readonly documents: DocumentLimits
  readonly log: Logger
  readonly observability?: Observability | undefined
  /** Aborted when the process ends before its writes have. */
  readonly interrupted?: AbortSignal
}

/** The GraphQL server as a listener of HTTP requests; it listens nowhere by itself. */
export function createGateway(settings: GatewaySettings): RequestListener {
  const { cloud, mode, log, profile } = settings
  const { reporters = [], tracing } = settings.observability ?? {}
  const reporting = createReporting(
    [logReporter(log), auditReporter(log), ...reporters],
    log,
    settings.interrupted,
  )
  const operations = compiledOperations(schema)
  const breakOff = breakOffWith(log)
  const showErrors = errorShower(schema, cloud, log)
  const contextOf = (scope: RequestScope, leaving: Leaving): GraphqlContext =>
    graphqlContext(cloud, leaving, scope, reporting)
  const yoga = createYoga<ServerContext, object>({
    schema,
    context: ({ request, scope }): GraphqlContext => contextOf(scope, request.signal),
    plugins: [
      scopePlugin(),
      ...(profile.graphiql ? [graphiqlPlugin()] : []),
      safeGetPlugin(),
      documentPlugin(settings.documents, profile),
      largeInputPlugin(schema),
      knownOperationsPlugin(operations),
      errorPlugin(schema, cloud, showErrors),
      reportPlugin(reporting),
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
    breakOff,
    openScope(headers) {
      const scope = openScope(headers, settings.projectId)
      scope.span = tracing?.begin(traceHeaders(headers, scope.secrets), scope.startedAt)
      if (mode === 'sandbox') scope.answerHeaders['x-gateway-mode'] = mode
      return scope
    },
    refused: (scope, { code = 'BAD_REQUEST' }) =>
      reporting.ended(scope, { errors: [{ extensions: { code } }] }),
    answer: shortWay({
      operations,
      contextOf,
      showErrors,
      reporting,
      breakOff,
      yoga: (request, response, scope) => {
        for (const name in scope.answerHeaders) response.setHeader(name, scope.answerHeaders[name] ?? '')
        // What would be made of the target and the host may not be a URL at all.
        request.url = scope.path
        request.headers.host = 'gateway'
        yoga(request, response, { scope })
      },
    }),
  })
}
