import type { GraphQLError, GraphQLFormattedError } from 'graphql'
import type { Logger } from 'pino'
import type { Effect } from '../../errors/error-code.ts'
import { GatewayError } from '../../errors/gateway-error.ts'
import { renderGatewayError } from '../../errors/render-gateway-error.ts'
import { writtenEffect } from '../observability/audit/written-effect.ts'
import { loggedError } from '../observability/log/logged-error.ts'
import type { RequestContext } from '../request-context.ts'
import { causeOf } from './cause-of.ts'

/** An error as the response has it. */
export type RenderedError = GraphQLFormattedError & { readonly extensions: Readonly<Record<string, unknown>> }

/** Renders one error in the caller's language. */
export function renderError(error: GraphQLError, context: RequestContext, log: Logger): RenderedError {
  const { requestId } = context.audience
  const cause = causeOf(error)
  if (cause instanceof GatewayError) return renderCause(cause, error, context)
  const { code } = error.extensions
  const isOfGraphql = error.path === undefined && (cause === undefined || code !== undefined)
  if (isOfGraphql) return located(error, error.message, { code: code ?? 'BAD_REQUEST', requestId })
  log.error({ requestId, err: loggedError(cause ?? error, context.secrets) }, 'unexpected error')
  return renderCause(new GatewayError('INTERNAL_SERVER_ERROR', { cause }), error, context)
}

function renderCause(cause: GatewayError, error: GraphQLError, context: RequestContext): RenderedError {
  const known = cause.withEffect(effectOf(cause, error, context))
  const { message, extensions } = renderGatewayError(known, context.audience)
  return located(error, message, extensions)
}

const located = (
  { locations, path }: GraphQLError,
  message: string,
  extensions: RenderedError['extensions'],
): RenderedError => ({
  message,
  ...(locations !== undefined && { locations }),
  ...(path !== undefined && { path }),
  extensions,
})

/** What became of the write: mutations have it, and subscriptions that write. */
function effectOf(cause: GatewayError, error: GraphQLError, context: RequestContext): Effect | undefined {
  const kind = context.record.operation?.operation
  if (kind !== 'mutation' && kind !== 'subscription') return undefined
  const [key, ...below] = error.path ?? []
  if (below.length === 0) return cause.effect ?? 'UNKNOWN'
  return writtenEffect(context, String(key), below, cause.code !== 'INTERNAL_SERVER_ERROR')
}
