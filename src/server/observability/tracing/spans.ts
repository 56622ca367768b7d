import {
  type Attributes,
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { CallSpan, StartedCall } from '../../../upstream/client/call-context.ts'
import type { OperationReport } from '../operation-report.ts'
import type { Tracing } from './tracing.ts'

const propagator = new W3CTraceContextPropagator()

/** Begins the span of an operation. Contexts are handed on as arguments: nothing is patched, nothing is found by magic. */
export function operationSpans(tracer: Tracer): Tracing['begin'] {
  return (headers, startedAt) => {
    const parent = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
    const span = tracer.startSpan('graphql', { kind: SpanKind.SERVER, startTime: startedAt }, parent)
    const context = trace.setSpan(parent, span)
    return {
      traceId: span.spanContext().traceId,
      calls: { start: (call) => startCall(tracer, context, call) },
      end: (report) => endOperation(span, report),
    }
  }
}

/** Outcomes that are the gateway's or the cloud's doing. What is the caller's own is no failure of a span. */
const FAILURES: ReadonlySet<string> = new Set([
  'RATE_LIMITED',
  'UPSTREAM_ERROR',
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNAVAILABLE',
  'UPSTREAM_BAD_RESPONSE',
  'OVERLOADED',
  'INTERNAL_SERVER_ERROR',
])

function endOperation(span: Span, report: OperationReport): void {
  const { kind, name, outcome, errorCodes = [] } = report
  span.updateName(name === undefined ? kind : `${kind} ${name}`)
  span.setAttributes(
    given({
      'graphql.operation.type': kind === 'request' ? undefined : kind,
      'graphql.operation.name': name,
      'vpc_channel_gateway.outcome': outcome,
      'vpc_channel_gateway.request_id': report.requestId,
      'error.type': errorCodes[0],
    }),
  )
  if (errorCodes.some((code) => FAILURES.has(code))) span.setStatus({ code: SpanStatusCode.ERROR })
  span.end()
}

function startCall(tracer: Tracer, parent: Context, call: StartedCall): CallSpan {
  const template = pathTemplate(call.path)
  const { hostname, port, protocol } = call.baseUrl
  const span = tracer.startSpan(
    `${call.method} ${template}`,
    {
      kind: SpanKind.CLIENT,
      attributes: {
        'http.request.method': call.method,
        'url.template': template,
        'server.address': hostname,
        'server.port': Number(port) || (protocol === 'https:' ? 443 : 80),
        'vpc_channel_gateway.upstream.service': call.service,
        'vpc_channel_gateway.upstream.operation': call.operation,
      },
    },
    parent,
  )
  const headers: Record<string, string> = {}
  propagator.inject(trace.setSpan(parent, span), headers, defaultTextMapSetter)
  return {
    headers,
    end: ({ status, errorCode, requestId, detail }, failure) => {
      span.setAttributes(
        given({
          'http.response.status_code': status ?? undefined,
          'vpc_channel_gateway.upstream.error_code': errorCode ?? undefined,
          'vpc_channel_gateway.upstream.request_id': requestId ?? undefined,
          'error.type': failure === 'REFUSED' ? (errorCode ?? String(status)) : (failure ?? undefined),
        }),
      )
      if (failure !== null) {
        span.setStatus({ code: SpanStatusCode.ERROR, ...(detail !== null && { message: detail }) })
      }
      span.end()
    },
  }
}

const given = (attributes: Attributes): Attributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))

/** A REST path as the vendor's pages write it: without the ids in it, and without its query. */
const pathTemplate = (path: string): string =>
  path
    .replace(/\?.*$/s, '')
    .replace(/^\/v2\/[^/]+/, '/v2/{project_id}')
    .replace(/\/instances\/[^/]+/, '/instances/{instance_id}')
    .replace(/\/vpc-channels\/[^/]+/, '/vpc-channels/{vpc_channel_id}')
