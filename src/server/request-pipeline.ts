import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Authenticate } from './auth/authenticate.ts'
import { chooseDocument } from './documents/choose-document.ts'
import type { ReadDocument } from './documents/read-document.ts'
import type { TrustedDocuments } from './documents/trusted-documents.ts'
import { serveGraphiql } from './graphiql/serve-graphiql.ts'
import type { ExecuteOperation } from './graphql/execute-operation.ts'
import { jsonResponses } from './graphql/json-responses.ts'
import type { RenderErrors } from './graphql/render-errors.ts'
import { responseFormOf } from './graphql/response-form.ts'
import type { ServeEventStream } from './graphql/serve-event-stream.ts'
import type { AbortResponse } from './http/abort-response.ts'
import { admission, NO_EVENTS } from './http/admission.ts'
import { bodyReader } from './http/body-reader.ts'
import { type AllowedOrigins, corsHeaders, isPreflight, preflightHeaders } from './http/cors.ts'
import type { Exchange } from './http/exchange.ts'
import type { HttpRefusal } from './http/http-refusal.ts'
import { paramsOfBody, paramsOfQuery } from './http/read-params.ts'
import { requestTarget } from './http/request-target.ts'
import { routeOf } from './http/route.ts'
import { sendRefusal } from './http/send-refusal.ts'
import type { Reporting } from './observability/reporting.ts'
import type { Profile } from './profile.ts'
import type { RequestContext } from './request-context.ts'

export interface PipelineSettings {
  readonly mode: 'sandbox' | 'cloud'
  readonly authenticate: Authenticate
  readonly profile: Profile
  /** Host names that requests may name; `undefined`: any. */
  readonly allowedHosts: ReadonlySet<string> | undefined
  /** Origins whose pages may call from a browser; no others may. */
  readonly corsOrigins: AllowedOrigins
  /** Bytes that a request's body may have. */
  readonly bodyBytes: number
  /** The documents that callers may name by their ids. */
  readonly trustedDocuments: TrustedDocuments | undefined
}

export interface PipelineParts extends PipelineSettings {
  readonly createContext: (headers: IncomingMessage['headers']) => RequestContext
  readonly readDocument: ReadDocument
  readonly execute: ExecuteOperation
  readonly serveEventStream: ServeEventStream
  readonly renderErrors: RenderErrors
  readonly reporting: Reporting
  readonly abortResponse: AbortResponse
}

/**
 * The way of every request, from its head to its response. A request that a step refuses is not executed, and is answered in the
 * shape of all errors. Requests that arrive in one turn of the event loop go in step: each waits for the others where a body
 * has come, and where a response is sent (ADR 13).
 */
export function requestPipeline(parts: PipelineParts): RequestListener {
  const { profile, corsOrigins, bodyBytes, abortResponse, reporting } = parts
  const readBody = bodyReader(bodyBytes)
  const sendJson = jsonResponses(reporting, abortResponse)

  const refuse = ({ request, response, context }: Exchange, refusal: HttpRefusal): void => {
    sendRefusal(request, response, refusal, context, bodyBytes)
    const { code = 'BAD_REQUEST' } = refusal
    reporting.ended(context, { errors: [{ extensions: { code } }] })
  }

  async function handle(exchange: Exchange): Promise<void> {
    const { request, response, context } = exchange
    const { method, headers } = request
    const { record } = context

    // CORS
    for (const [name, value] of corsHeaders(headers.origin, corsOrigins)) response.setHeader(name, value)
    if (isPreflight(method, headers)) {
      const allowed = preflightHeaders(headers, corsOrigins, profile.get)
      response.writeHead(204, { ...context.responseHeaders, ...allowed }).end()
      return
    }

    // Route
    const target = requestTarget(request.url)
    const route = routeOf(request, target.path, parts)
    if (route === 'GRAPHIQL') return serveGraphiql(exchange, target.path, parts.mode)
    if (route !== 'GRAPHQL') return refuse(exchange, route)

    // Admission
    const notAdmitted = admission(method, headers, { get: profile.get, bodyBytes })
    if (notAdmitted !== undefined) return refuse(exchange, notAdmitted)

    // Body
    const body = method === 'GET' ? { text: target.search } : await readBody(request)
    // A client that has left cannot be answered, and nothing has been sent for it yet.
    if (response.destroyed) return
    if ('refused' in body) return refuse(exchange, body.refused)
    record.characters = body.text.length

    // Parameters
    const given = method === 'GET' ? paramsOfQuery(body.text) : paramsOfBody(body.text)
    if ('refused' in given) return refuse(exchange, given.refused)
    const chosen = chooseDocument(given.params, parts.trustedDocuments)
    if ('refused' in chosen) return refuse(exchange, chosen.refused)
    record.params = chosen.params

    // Document
    const read = parts.readDocument(chosen.params, method)
    record.document = read.document
    record.operation = read.operation

    // Caller
    const caller = parts.authenticate(headers)
    record.caller = caller instanceof Promise ? await caller : caller

    // Execute
    const form = responseFormOf(headers.accept, read)
    if (form === undefined) return refuse(exchange, NO_EVENTS)
    const refused = read.errors && { errors: read.errors }
    if (form.stream !== undefined) return parts.serveEventStream(exchange, form, refused)
    const executed =
      read.errors === undefined ? parts.execute(exchange, read.isKnown) : { errors: read.errors }
    const result = executed instanceof Promise ? await executed : executed

    // Render, and report
    sendJson({ response, context, type: form.json, rendered: parts.renderErrors(result, context) })
  }

  return (request: IncomingMessage, response: ServerResponse) => {
    const context = parts.createContext(request.headers)
    handle({ request, response, context }).catch((error: unknown) => abortResponse(response, context, error))
  }
}
