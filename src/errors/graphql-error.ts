import { type ASTNode, GraphQLError, type GraphQLErrorExtensions, type Source } from 'graphql'
import { errorMessage } from './error-messages.ts'
import { faultMessage } from './fault-messages.ts'
import type { FailedResult, GatewayError } from './gateway-error.ts'
import type { Language } from './language.ts'
import { withoutStack } from './without-stack.ts'

/** The language and the request id that an error is rendered with. */
export interface Audience {
  readonly language: Language
  readonly requestId: string
}

/** A rendered error. */
interface ShownError {
  readonly message: string
  readonly extensions: Readonly<Record<string, unknown>>
}

/** Renders an error; keys without a value are left out. */
function shownError(error: GatewayError, audience: Audience): ShownError {
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
      ...(error.results !== undefined && { results: error.results.map((one) => shownResult(one, audience)) }),
      ...(error.upstream !== undefined && { upstream: error.upstream }),
    },
  }
}

function shownResult({ instanceId, outcome, error }: FailedResult, audience: Audience): object {
  const { message, extensions } = shownError(error, audience)
  const { requestId: _same, ...details } = extensions
  return { instanceId, outcome, message, ...details }
}

/** The position of an error in the document and in the data. */
export interface Place {
  readonly nodes: readonly ASTNode[] | null
  readonly source: Source | null
  readonly positions: readonly number[] | null
  readonly path: readonly (string | number)[] | null
}

/** The error as GraphQL answers it. `more` are extensions for the server, which removes them before it answers. */
export function graphqlError(
  error: GatewayError,
  audience: Audience,
  place: Place,
  more?: GraphQLErrorExtensions,
): GraphQLError {
  const { message, extensions } = shownError(error, audience)
  return withoutStack(() => new GraphQLError(message, { ...place, extensions: { ...extensions, ...more } }))
}
