import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { TurnBatch } from '../lib/turn-batch.ts'
import type { Authenticate } from './auth/authenticate.ts'
import { chooseDocument } from './documents/choose-document.ts'
import type { TrustedDocuments } from './documents/trusted-documents.ts'
import type { Serve } from './graphql/compiled-fast-path.ts'
import type { AbortResponse } from './http/abort-response.ts'
import { admission } from './http/admission.ts'
import { answerRefusal } from './http/answer-refusal.ts'
import { type AllowedOrigins, corsHeaders, isPreflight, preflightHeaders } from './http/cors.ts'
import { isAllowedHost } from './http/host.ts'
import { type ReadBody, readBody } from './http/read-body.ts'
import { paramsOfBody, paramsOfQuery, type ReadParams } from './http/read-params.ts'
import type { Refusal } from './http/refusal.ts'
import type { Profile } from './profile.ts'
import type { RequestContext } from './request-context.ts'

export interface PipelineSettings {
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
  readonly abortResponse: AbortResponse
  readonly createContext: (headers: IncomingHttpHeaders) => RequestContext
  /** Told of a request that is not let in. */
  readonly refused: (context: RequestContext, refusal: Refusal) => void
  /** Answers what was let in: an operation, its parameters in the scope, or a browser that wants a page. */
  readonly answer: Serve
}

const PATH = '/graphql'

/**
 * What a request passes before GraphQL sees it, in this order: host, path, CORS, method and media types, the whole body within
 * its limit, parameters, who sends it. Whatever is refused on the way is answered in the shape of all errors, and nothing is executed.
 */
export function requestPipeline(parts: PipelineParts): RequestListener {
  const { profile, allowedHosts, corsOrigins, bodyBytes, abortResponse } = parts
  const rules = { get: profile.get, bodyBytes }

  /** Takes a request a step on; answers what that refuses. A step that throws is a fault of ours. */
  const take = (exchange: Exchange, step: () => Refusal | undefined): void => {
    const { request, response, context } = exchange
    try {
      const refusal = step()
      if (refusal === undefined) return
      const { requestId } = context.audience
      answerRefusal(request, response, refusal, { requestId, headers: context.answerHeaders }, bodyBytes)
      parts.refused(context, refusal)
    } catch (error) {
      abortResponse(response, context, error)
    }
  }

  const admit = (exchange: Exchange): Refusal | undefined => {
    const { request, response, context } = exchange
    const { method, headers } = request
    const { path, search } = targetOf(request.url ?? '')
    context.path = path
    if (allowedHosts !== undefined && !isAllowedHost(request.url, headers.host, allowedHosts))
      return OTHER_HOST

    const isPage = profile.graphiql && method === 'GET' && (headers.accept?.includes('text/html') ?? false)
    if (isPage && (path === PATH || path === '/')) return answer(exchange)
    if (path !== PATH) return NOT_FOUND

    if (corsOrigins.size > 0) Object.assign(context.answerHeaders, corsHeaders(headers.origin, corsOrigins))
    if (isPreflight(method, headers)) {
      const allowed = preflightHeaders(headers.origin, corsOrigins, profile.get)
      response.writeHead(204, { ...context.answerHeaders, ...allowed }).end()
      return undefined
    }
    const refusal = admission(method, headers, rules)
    if (refusal !== undefined) return refusal
    if (method === 'GET') {
      context.characters = search.length
      return run(exchange, paramsOfQuery(search))
    }
    readBody(request, bodyBytes, (body) => bodies.add({ exchange, body }))
    return undefined
  }

  const bodies = new TurnBatch<{ readonly exchange: Exchange; readonly body: ReadBody }>(
    'AFTER_IO',
    [({ exchange, body }) => take(exchange, () => runBody(exchange, body))],
    ({ exchange: { response, context } }, error) => abortResponse(response, context, error),
  )

  const runBody = (exchange: Exchange, body: ReadBody): Refusal | undefined => {
    // Whoever has left already cannot be answered, and nothing has been sent for them yet.
    if (exchange.response.destroyed) return undefined
    if ('refused' in body) return body.refused
    exchange.context.characters = body.text.length
    return run(exchange, paramsOfBody(body.text))
  }

  const run = (exchange: Exchange, given: ReadParams): Refusal | undefined => {
    if ('refused' in given) return given.refused
    const chosen = chooseDocument(given.params, parts.trustedDocuments)
    if ('refused' in chosen) return chosen.refused
    const { request, response, context } = exchange
    context.params = chosen.params
    const caller = parts.authenticate(request.headers)
    if (caller instanceof Promise) {
      caller
        .then((identified) => {
          context.caller = identified
          answer(exchange)
        })
        .catch((error: unknown) => abortResponse(response, context, error))
    } else {
      context.caller = caller
      answer(exchange)
    }
    return undefined
  }

  const answer = ({ request, response, context }: Exchange): undefined => {
    const answered = parts.answer(request, response, context)
    if (answered instanceof Promise)
      answered.catch((error: unknown) => abortResponse(response, context, error))
  }

  return (request, response) => {
    const exchange = { request, response, context: parts.createContext(request.headers) }
    take(exchange, () => admit(exchange))
  }
}

/** A request on its way through the door. */
interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly context: RequestContext
}

const OTHER_HOST: Refusal = {
  status: 421,
  message: 'This host name is not served here; the setting ALLOWED_HOSTS names those that are.',
}

const NOT_FOUND: Refusal = { status: 404, message: `There is nothing at this path; GraphQL is at ${PATH}.` }

const AT_PATH = { path: PATH, search: '' }

/** The path and the query of a request's target, which may be a whole URL. */
function targetOf(target: string): { readonly path: string; readonly search: string } {
  if (target === PATH) return AT_PATH
  const local = target.replace(/^https?:\/\/[^/?]*/i, '')
  const at = local.indexOf('?')
  return at < 0 ? { path: local, search: '' } : { path: local.slice(0, at), search: local.slice(at + 1) }
}
