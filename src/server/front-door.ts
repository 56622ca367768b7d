import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
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
  readonly openScope: (request: IncomingMessage, response: ServerResponse) => RequestScope
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

  const refuse = (
    request: IncomingMessage,
    response: ServerResponse,
    scope: RequestScope,
    refusal: Refusal,
  ): void => {
    answerRefusal(request, response, refusal, scope.audience.requestId, bodyBytes)
    parts.refused(scope, refusal)
  }

  const letIn = async (
    request: IncomingMessage,
    response: ServerResponse,
    scope: RequestScope,
  ): Promise<void> => {
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('cache-control', 'no-store')
    const { method, headers } = request
    const { path, search } = targetOf(request.url ?? '')
    // What is made of the target and the host further in may not be a URL at all.
    request.url = path
    headers.host = 'gateway'

    const isPage = profile.graphiql && method === 'GET' && (headers.accept?.includes('text/html') ?? false)
    if (isPage && (path === PATH || path === '/')) return parts.answer(request, response, scope)
    if (path !== PATH) return refuse(request, response, scope, NOT_FOUND)

    for (const [name, value] of Object.entries(corsHeaders(headers.origin, corsOrigins))) {
      response.setHeader(name, value)
    }
    if (isPreflight(method, headers)) {
      response.writeHead(204, preflightHeaders(headers.origin, corsOrigins, profile.get)).end()
      return
    }
    const refusal = admission(method, headers, { get: profile.get, bodyBytes })
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
    const scope = parts.openScope(request, response)
    letIn(request, response, scope).catch((error: unknown) => {
      log.error({ requestId: scope.audience.requestId, err: error }, 'unexpected error')
      response.destroy()
    })
  }
}

const NOT_FOUND: Refusal = { status: 404, message: `There is nothing at this path; GraphQL is at ${PATH}.` }

/** The path and the query of a request's target, which may be a whole URL. */
function targetOf(target: string): { readonly path: string; readonly search: string } {
  const local = target.replace(/^https?:\/\/[^/?]*/i, '')
  const at = local.indexOf('?')
  return at < 0 ? { path: local, search: '' } : { path: local.slice(0, at), search: local.slice(at + 1) }
}
