import type { RequestListener } from 'node:http'
import type { Logger } from 'pino'
import { compiledOperations } from '../execution/compiled-operations.ts'
import type { GraphqlContext } from '../graphql/graphql-context.ts'
import { schema } from '../graphql/schema.ts'
import type { AbortSignalLike } from '../lib/abort-signal.ts'
import type { UpstreamServices } from '../operations/upstream-services.ts'
import type { DocumentLimits } from './documents/document-limits.ts'
import { documentReader } from './documents/read-document.ts'
import { operationExecutor } from './graphql/execute-operation.ts'
import { graphqlContext } from './graphql/graphql-context.ts'
import { errorRenderer } from './graphql/render-errors.ts'
import { eventStreams } from './graphql/serve-event-stream.ts'
import { abortResponseWith } from './http/abort-response.ts'
import { auditReporter } from './observability/audit/audit-reporter.ts'
import { logReporter } from './observability/log/log-reporter.ts'
import type { Observability } from './observability/observability.ts'
import { createReporting } from './observability/reporting.ts'
import { createRequestContext, type RequestContext } from './request-context.ts'
import { type PipelineSettings, requestPipeline } from './request-pipeline.ts'

export interface GatewaySettings extends PipelineSettings {
  readonly services: UpstreamServices
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
  const { services, mode, log, profile, projectId, documents: limits } = settings
  const { reporters = [], tracing } = settings.observability ?? {}
  const reporting = createReporting(
    [logReporter(log), auditReporter(log), ...reporters],
    log,
    settings.interrupted,
  )
  const operations = compiledOperations(schema)
  const renderErrors = errorRenderer(schema, services, log)
  const contextOf = (context: RequestContext, signal: AbortSignalLike): GraphqlContext =>
    graphqlContext(services, signal, context, reporting)
  return requestPipeline({
    ...settings,
    createContext: (headers) => createRequestContext(headers, { projectId, mode, tracing }),
    readDocument: documentReader({ schema, limits, profile, operations }),
    execute: operationExecutor({ schema, operations, contextOf }),
    serveEventStream: eventStreams({ schema, contextOf, renderErrors, reporting }),
    renderErrors,
    reporting,
    abortResponse: abortResponseWith(log),
  })
}
