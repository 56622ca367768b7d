import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { answerTypeOf } from './media-types.ts'
import { type Refusal, refusalBody } from './refusal.ts'

/** So long the rest of a body is let in, unread, after its refusal. */
const LINGER_MS = 1_000

/** What every answer to a request carries. */
interface AnswerTo {
  readonly requestId: string
  readonly headers: Readonly<Record<string, string>>
}

/** Answers a refusal in the type that the caller reads, and gets rid of what is still to come of a long body. */
export function answerRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  { requestId, headers: always }: AnswerTo,
  mostBytes: number,
): void {
  const type = answerTypeOf(request.headers.accept)
  const body = refusalBody(refusal, requestId)
  const status = refusal.isOfGraphql && type !== GRAPHQL ? 200 : refusal.status
  const headers: OutgoingHttpHeaders = {
    ...always,
    ...refusal.headers,
    'content-type': `${type === GRAPHQL ? GRAPHQL : 'application/json'}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
  }
  if (request.complete || isShort(request, mostBytes)) {
    // Node skips the rest of the body, and the connection can be used again.
    response.writeHead(status, headers).end(body)
    return
  }
  response.writeHead(status, { ...headers, connection: 'close' })
  response.write(body)
  // Closed at once, with bytes unread, the connection would be reset, and the client might never see the answer.
  const end = () => {
    clearTimeout(timer)
    response.end()
  }
  const timer = setTimeout(end, LINGER_MS)
  request.once('end', end).once('close', end).resume()
}

const GRAPHQL = 'application/graphql-response+json'

const isShort = ({ headers }: IncomingMessage, mostBytes: number): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) <= mostBytes
