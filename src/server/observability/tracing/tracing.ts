import type { IncomingHttpHeaders } from 'node:http'
import type { CallTrace } from '../../../upstream/client/call-context.ts'
import type { RequestSecrets } from '../../http/request-secrets.ts'
import type { OperationReport } from '../operation-report.ts'

/** Makes the spans of operations. */
export interface Tracing {
  /** Begins a request's span; the trace that its headers name goes on. `startedAt` is on `performance.now()`'s clock. */
  readonly begin: (headers: IncomingHttpHeaders, startedAt: number) => OperationSpan
  /** Sends what is left and stops. */
  readonly stop: () => Promise<void>
}

export interface OperationSpan {
  readonly traceId: string
  /** Makes the spans of the REST calls below it. */
  readonly calls: CallTrace
  readonly end: (report: OperationReport) => void
}

const TRACEPARENT = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/

/** The trace of a W3C `traceparent`, for the log. */
export const traceIdOf = (traceparent: unknown): string | undefined =>
  typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent)?.[1] : undefined

/** The headers that name a caller's trace, but for a trace that holds a secret. */
export function traceHeaders(
  { traceparent, tracestate }: IncomingHttpHeaders,
  secrets: RequestSecrets,
): IncomingHttpHeaders {
  const given = [traceparent, tracestate].flat().filter((value) => value !== undefined)
  const traceId = traceIdOf(traceparent)
  const holdsSecret =
    given.some((value) => secrets.isIn(value)) || (traceId !== undefined && secrets.include(traceId))
  return holdsSecret ? {} : { traceparent, tracestate }
}
