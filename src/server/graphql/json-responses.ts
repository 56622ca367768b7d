import type { ServerResponse } from 'node:http'
import { TurnBatch } from '../../lib/turn-batch.ts'
import type { AbortResponse } from '../http/abort-response.ts'
import type { JsonType } from '../http/media-types.ts'
import { sendJson } from '../http/send-json.ts'
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
    'NEXT_TICK',
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
  sendJson(response, context, { ...httpStatusOf(rendered.errors, type), type }, text)
}
