import { errorMessage } from './error-messages.ts'
import { faultMessage } from './fault-messages.ts'
import type { FailedResult, GatewayError } from './gateway-error.ts'
import type { Language } from './language.ts'

/** The language and the request id that an error is rendered with. */
export interface Audience {
  readonly language: Language
  readonly requestId: string
}

/** An error's words and the fields of its `extensions`. */
interface RenderedGatewayError {
  readonly message: string
  readonly extensions: Readonly<Record<string, unknown>>
}

/** Renders an error; keys without a value are left out. */
export function renderGatewayError(error: GatewayError, audience: Audience): RenderedGatewayError {
  const { language, requestId } = audience
  const validation = error.validation?.map((fault) => ({
    path: fault.path,
    rule: fault.rule,
    params: fault.params,
    message: faultMessage(fault, language),
    source: fault.source,
  }))
  return {
    message: errorMessage(error.code, error.reason, language),
    extensions: {
      code: error.code,
      ...(error.reason !== undefined && { reason: error.reason }),
      requestId,
      ...(error.effect !== undefined && { effect: error.effect }),
      retry: error.retry,
      ...(validation !== undefined && { validation }),
      ...(error.existing !== undefined && { existing: error.existing }),
      ...(error.planId !== undefined && { planId: error.planId }),
      ...(error.results !== undefined && {
        results: error.results.map((one) => renderResult(one, audience)),
      }),
      ...(error.upstream !== undefined && { upstream: error.upstream }),
    },
  }
}

function renderResult({ instanceId, outcome, error }: FailedResult, audience: Audience): object {
  const { message, extensions } = renderGatewayError(error, audience)
  const { requestId: _same, ...details } = extensions
  return { instanceId, outcome, message, ...details }
}
