import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { Batch } from '../upstream/batch.ts'
import type { BreakOff } from './break-off.ts'
import type { Identify } from './callers.ts'
import { admission } from './http/admission.ts'
import { answerRefusal } from './http/answer-refusal.ts'
import { type AllowedOrigins, corsHeaders, isPreflight, preflightHeaders } from './http/cors.ts'
import { isAllowedHost } from './http/host.ts'
import { type ReadBody, readBody } from './http/read-body.ts'
import { paramsOfBody, paramsOfQuery, type ReadParams } from './http/read-params.ts'
import type { Refusal } from './http/refusal.ts'
import type { Serve } from './known-operations.ts'
import type { Profile } from './profile.ts'
import type { RequestScope } from './request-scope.ts'
import { chooseDocument } from './trusted-documents/choose-document.ts'
import type { TrustedDocuments } from './trusted-documents/trusted-documents.ts'

export interface FrontDoorSettings {
  readonly identify: Identify
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

export interface FrontDoorParts extends FrontDoorSettings {
  readonly breakOff: BreakOff
  readonly openScope: (headers: IncomingHttpHeaders) => RequestScope
  /** Told of a request that is not let in. */
  readonly refused: (scope: RequestScope, refusal: Refusal) => void
  /** Answers what was let in: an operation, its parameters in the scope, or a browser that wants a page. */
  readonly answer: Serve
}

const PATH = '/graphql'

/**
 * What a request passes before GraphQL sees it, in this order: host, path, CORS, method and media types, the whole body within
 * its limit, parameters, who sends it. Whatever is refused on the way is answered in the shape of all errors, and nothing is executed.
 */
export function frontDoor(parts: FrontDoorParts): RequestListener {
  const { profile, allowedHosts, corsOrigins, bodyBytes, breakOff } = parts
  const rules = { get: profile.get, bodyBytes }

  /** Takes a request a step on; answers what that refuses. A step that throws is a fault of ours. */
  const take = (visit: Visit, step: () => Refusal | undefined): void => {
    const { request, response, scope } = visit
    try {
      const refusal = step()
      if (refusal === undefined) return
      const { requestId } = scope.audience
      answerRefusal(request, response, refusal, { requestId, headers: scope.answerHeaders }, bodyBytes)
      parts.refused(scope, refusal)
    } catch (error) {
      breakOff(response, scope, error)
    }
  }

  const letIn = (visit: Visit): Refusal | undefined => {
    const { request, response, scope } = visit
    const { method, headers } = request
    const { path, search } = targetOf(request.url ?? '')
    scope.path = path
    if (allowedHosts !== undefined && !isAllowedHost(request.url, headers.host, allowedHosts))
      return OTHER_HOST

    const isPage = profile.graphiql && method === 'GET' && (headers.accept?.includes('text/html') ?? false)
    if (isPage && (path === PATH || path === '/')) return answer(visit)
    if (path !== PATH) return NOT_FOUND

    if (corsOrigins.size > 0) Object.assign(scope.answerHeaders, corsHeaders(headers.origin, corsOrigins))
    if (isPreflight(method, headers)) {
      const allowed = preflightHeaders(headers.origin, corsOrigins, profile.get)
      response.writeHead(204, { ...scope.answerHeaders, ...allowed }).end()
      return undefined
    }
    const refusal = admission(method, headers, rules)
    if (refusal !== undefined) return refusal
    if (method === 'GET') {
      scope.characters = search.length
      return run(visit, paramsOfQuery(search))
    }
    readBody(request, bodyBytes, (body) => bodies.add({ visit, body }))
    return undefined
  }

  const bodies = new Batch<{ readonly visit: Visit; readonly body: ReadBody }>(
    'AFTER_ARRIVALS',
    [({ visit, body }) => take(visit, () => runBody(visit, body))],
    ({ visit: { response, scope } }, error) => breakOff(response, scope, error),
  )

  const runBody = (visit: Visit, body: ReadBody): Refusal | undefined => {
    // Whoever has left already cannot be answered, and nothing has been sent for them yet.
    if (visit.response.destroyed) return undefined
    if ('refused' in body) return body.refused
    visit.scope.characters = body.text.length
    return run(visit, paramsOfBody(body.text))
  }

  const run = (visit: Visit, given: ReadParams): Refusal | undefined => {
    if ('refused' in given) return given.refused
    const chosen = chooseDocument(given.params, parts.trustedDocuments)
    if ('refused' in chosen) return chosen.refused
    const { request, response, scope } = visit
    scope.params = chosen.params
    const caller = parts.identify(request.headers)
    if (caller instanceof Promise) {
      caller
        .then((identified) => {
          scope.caller = identified
          answer(visit)
        })
        .catch((error: unknown) => breakOff(response, scope, error))
    } else {
      scope.caller = caller
      answer(visit)
    }
    return undefined
  }

  const answer = ({ request, response, scope }: Visit): undefined => {
    const answered = parts.answer(request, response, scope)
    if (answered instanceof Promise) answered.catch((error: unknown) => breakOff(response, scope, error))
  }

  return (request, response) => {
    const visit = { request, response, scope: parts.openScope(request.headers) }
    take(visit, () => letIn(visit))
  }
}

/** A request on its way through the door. */
interface Visit {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly scope: RequestScope
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
