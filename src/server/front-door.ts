import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import type { Identify } from './callers.ts'
import { admission } from './http/admission.ts'
import { answerRefusal } from './http/answer-refusal.ts'
import { type AllowedOrigins, corsHeaders, isPreflight, preflightHeaders } from './http/cors.ts'
import { readBody } from './http/read-body.ts'
import { paramsOfBody, paramsOfQuery } from './http/read-params.ts'
import type { Refusal } from './http/refusal.ts'
import type { Serve } from './known-operations.ts'
import type { Profile } from './profile.ts'
import type { RequestScope } from './request-scope.ts'
import { chooseDocument } from './trusted-documents/choose-document.ts'
import type { TrustedDocuments } from './trusted-documents/trusted-documents.ts'

export interface FrontDoorSettings {
  readonly identify: Identify
  readonly profile: Profile
  /** Origins whose pages may call from a browser; no others may. */
  readonly corsOrigins: AllowedOrigins
  /** Bytes that a request's body may have. */
  readonly bodyBytes: number
  /** The documents that callers may name by their ids. */
  readonly trustedDocuments: TrustedDocuments | undefined
}

export interface FrontDoorParts extends FrontDoorSettings {
  readonly log: Logger
  readonly openScope: (headers: IncomingHttpHeaders) => RequestScope
  /** Told of a request that is not let in. */
  readonly refused: (scope: RequestScope, refusal: Refusal) => void
  /** Answers what was let in: an operation, its parameters in the scope, or a browser that wants a page. */
  readonly answer: Serve
}

const PATH = '/graphql'

/**
 * What a request passes before GraphQL sees it, in this order: path, CORS, method and media types, the whole body within
 * its limit, parameters, who sends it. Whatever is refused on the way is answered in the shape of all errors, and nothing is executed.
 */
export function frontDoor(parts: FrontDoorParts): RequestListener {
  const { profile, corsOrigins, bodyBytes, log } = parts
  const rules = { get: profile.get, bodyBytes }

  const refuse = (
    request: IncomingMessage,
    response: ServerResponse,
    scope: RequestScope,
    refusal: Refusal,
  ): void => {
    const { requestId } = scope.audience
    answerRefusal(request, response, refusal, { requestId, headers: scope.answerHeaders }, bodyBytes)
    parts.refused(scope, refusal)
  }

  const letIn = async (
    request: IncomingMessage,
    response: ServerResponse,
    scope: RequestScope,
  ): Promise<void> => {
    const { method, headers } = request
    const { path, search } = targetOf(request.url ?? '')
    scope.path = path

    const isPage = profile.graphiql && method === 'GET' && (headers.accept?.includes('text/html') ?? false)
    if (isPage && (path === PATH || path === '/')) return parts.answer(request, response, scope)
    if (path !== PATH) return refuse(request, response, scope, NOT_FOUND)

    if (corsOrigins.size > 0) Object.assign(scope.answerHeaders, corsHeaders(headers.origin, corsOrigins))
    if (isPreflight(method, headers)) {
      const allowed = preflightHeaders(headers.origin, corsOrigins, profile.get)
      response.writeHead(204, { ...scope.answerHeaders, ...allowed }).end()
      return
    }
    const refusal = admission(method, headers, rules)
    if (refusal !== undefined) return refuse(request, response, scope, refusal)

    const body = method === 'GET' ? { text: search } : await readBody(request, bodyBytes)
    // Whoever has left already cannot be answered, and nothing has been sent for them yet.
    if (body === undefined || response.destroyed) return
    if ('refused' in body) return refuse(request, response, scope, body.refused)
    const given = method === 'GET' ? paramsOfQuery(body.text) : paramsOfBody(body.text)
    if ('refused' in given) return refuse(request, response, scope, given.refused)
    const chosen = chooseDocument(given.params, parts.trustedDocuments)
    if ('refused' in chosen) return refuse(request, response, scope, chosen.refused)
    scope.params = chosen.params
    scope.characters = body.text.length
    const caller = parts.identify(headers)
    scope.caller = caller instanceof Promise ? await caller : caller
    await parts.answer(request, response, scope)
  }

  return (request, response) => {
    const scope = parts.openScope(request.headers)
    letIn(request, response, scope).catch((error: unknown) => {
      log.error({ requestId: scope.audience.requestId, err: error }, 'unexpected error')
      response.destroy()
    })
  }
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
