import type { ServerResponse } from 'node:http'
import { TurnBatch } from '../../lib/turn-batch.ts'
import type { AbortResponse } from '../http/abort-response.ts'
import type { JsonType } from '../http/media-types.ts'
import type { Reporting } from '../observability/reporting.ts'
import type { RequestContext } from '../request-context.ts'
import { httpStatusOf } from './http-status.ts'
import type { Rendered } from './render-errors.ts'

/** An operation that has ended, before its caller has the response. */
export interface JsonResponse {
  readonly response: ServerResponse
  readonly context: RequestContext
  readonly type: JsonType
  readonly rendered: Rendered
}

interface Step extends JsonResponse {
  text: string
}

/** Reports and sends responses; those that are ready in one turn of the event loop go in step (ADR 13). */
export function jsonResponses(
  reporting: Reporting,
  abortResponse: AbortResponse,
): (response: JsonResponse) => void {
  const batch = new TurnBatch<Step>(
    'AFTER_THIS',
    [
      ({ context, rendered }) => reporting.ended(context, rendered.result),
      (step) => {
        step.text = JSON.stringify(step.rendered.result)
      },
      send,
    ],
    ({ response, context }, error) => abortResponse(response, context, error),
  )
  return ({ response, context, type, rendered }) => batch.add({ response, context, type, rendered, text: '' })
}

function send({ response, context, type, rendered, text }: Step): void {
  const bytes = Buffer.byteLength(text)
  const { status, headers } = httpStatusOf(rendered.errors, type)
  const lines = ['content-type', CONTENT_TYPES[type], 'content-length', String(bytes)]
  for (const name in context.responseHeaders) lines.push(name, context.responseHeaders[name] ?? '')
  for (const name in headers) lines.push(name, headers[name] ?? '')
  // Where each character is one byte nothing has to be encoded.
  response.writeHead(status, lines).end(text, bytes === text.length ? 'latin1' : 'utf8')
}

const CONTENT_TYPES: Readonly<Record<JsonType, string>> = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
}
