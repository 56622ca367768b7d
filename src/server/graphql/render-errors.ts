import type { GraphQLError, GraphQLSchema } from 'graphql'
import type { Logger } from 'pino'
import type { UpstreamServices } from '../../operations/upstream-services.ts'
import type { RequestContext } from '../request-context.ts'
import { errorWithoutSecrets } from './error-without-secrets.ts'
import { inputErrors } from './input-errors.ts'
import { type RenderedError, renderError } from './render-error.ts'

/** What an operation, or an event of a subscription, came to. */
export interface OperationResult {
  readonly data?: unknown
  readonly errors?: readonly GraphQLError[]
}

export interface Rendered {
  readonly result: { readonly data?: unknown; readonly errors?: readonly RenderedError[] }
  /** The errors that were rendered, for the HTTP status that they ask for. */
  readonly errors: readonly GraphQLError[]
}

/** Puts the errors of a result into the shape of the contract. */
export type RenderErrors = (result: OperationResult, context: RequestContext) => Rendered

/** Renders the errors of resolvers and of GraphQL's own checks; any other error is an INTERNAL_SERVER_ERROR, and is logged. */
export function errorRenderer(schema: GraphQLSchema, services: UpstreamServices, log: Logger): RenderErrors {
  const explain = inputErrors(schema, services)
  return (result, context) => {
    if (!result.errors) return { result: result as Rendered['result'], errors: NO_ERRORS }
    const errors = explain(result.errors, 'data' in result, context)
    const rendered = errors.map((error) =>
      errorWithoutSecrets(renderError(error, context, log), context.secrets),
    )
    return { result: { ...result, errors: rendered }, errors }
  }
}

const NO_ERRORS: readonly GraphQLError[] = []
