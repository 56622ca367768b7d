import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestContext } from '../request-context.ts'
import { type HttpRefusal, refusalBody } from './http-refusal.ts'
import { responseTypeOf } from './media-types.ts'
import { sendJson } from './send-json.ts'

/** How long the server reads and discards the rest of a body after its refusal. */
const MAX_LINGER_MS = 1_000

/** Sends a refusal in the type that the caller reads, and discards what is still to come of a long body. */
export function sendRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: HttpRefusal,
  context: RequestContext,
  maxBytes: number,
): void {
  const accepted = responseTypeOf(request.headers.accept)
  const type = accepted === GRAPHQL ? GRAPHQL : 'application/json'
  // A client that reads streams alone would take a 200 for one.
  const status = refusal.isOfGraphql && accepted === 'application/json' ? 200 : refusal.status
  const { headers } = refusal
  const body = refusalBody(refusal, context.audience.requestId)
  if (request.complete || isShort(request, maxBytes)) {
    // Node skips the rest of the body, and the connection can be used again.
    sendJson(response, context, { status, type, headers }, body)
    return
  }
  sendJson(response, context, { status, type, headers: { ...headers, connection: 'close' } }, body, false)
  // Closed at once, with bytes unread, the connection would be reset, and the client might never see the response.
  const end = () => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(end, MAX_LINGER_MS)
  request.once('end', end).once('close', end).resume()
}

const GRAPHQL = 'application/graphql-response+json'

const isShort = ({ headers }: IncomingMessage, maxBytes: number): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= maxBytes
