import { isAsyncIterable, mapAsyncIterator } from '@graphql-tools/utils'
import { type FieldNode, GraphQLError, type GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Effect } from '../../errors/error-code.ts'
import { GatewayError } from '../../errors/gateway-error.ts'
import { graphqlError, type Place } from '../../errors/graphql-error.ts'
import type { ValidationFault } from '../../errors/validation-fault.ts'
import {
  type CheckInput,
  distinct,
  type GivenOperation,
  isAboutArgument,
  isAboutValue,
  isAboutVariable,
  refusedArguments,
} from '../../graphql/refused-arguments.ts'
import type { UpstreamServices } from '../../operations/upstream-services.ts'
import { writesByInput } from '../../operations/writes.ts'
import { writtenEffect } from '../observability/audit/written-effect.ts'
import { loggedError } from '../observability/log/logged-error.ts'
import { operationOf, type RequestContext, type ServerContext } from '../request-context.ts'
import { errorWithoutSecrets } from './error-without-secrets.ts'

/**
 * Every error of every response in the one shape of the contract: those of resolvers, of GraphQL's own checks, and of
 * requests that are no GraphQL at all. What is none of these is told as INTERNAL_SERVER_ERROR, and logged.
 */
export function errorPlugin(
  schema: GraphQLSchema,
  services: UpstreamServices,
  show: ShowErrors,
): Plugin<ServerContext, ServerContext> {
  return {
    onValidate({ context: { requestContext: context } }) {
      return ({ valid, result, setResult }) => {
        if (valid) return
        const given = givenOperation(context)
        if (given === undefined) return
        if (!(result as readonly GraphQLError[]).some(isAboutValue)) return
        const refused = refusedArguments(schema, given, inputChecker(services, context))
        if (refused.length === 0) return
        const others = result.filter((error) => !isAboutValue(error))
        setResult([...others, ...refused.map(({ field, faults }) => badInput(faults, field))])
      }
    },
    onResultProcess({ serverContext: { requestContext: context }, result, setResult }) {
      const told = (one: Answer): Answer => show(one, context)
      if (isAsyncIterable(result)) setResult(mapAsyncIterator(result as AsyncIterable<Answer>, told))
      else if (!Array.isArray(result)) setResult(told(result as Answer))
    },
  }
}

/** Puts an answer's errors into the shape of the contract. */
export type ShowErrors = (answer: Answer, context: RequestContext) => Answer

export function errorShower(schema: GraphQLSchema, services: UpstreamServices, log: Logger): ShowErrors {
  /** An error of a field whose arguments a variable left without a value: the caller's, not ours. */
  const withoutValue = (error: GraphQLError, context: RequestContext): GraphQLError => {
    const given = givenOperation(context)
    const isOther = error.path === undefined || causeOf(error) !== undefined || given === undefined
    if (isOther || !isAboutArgument(given.document, error)) return error
    const faults = faultsOf(schema, given, inputChecker(services, context))
    const validation = faults.length > 0 ? faults : undefined
    const originalError = new GatewayError('BAD_USER_INPUT', { effect: 'NOT_APPLIED', validation })
    return new GraphQLError('', { ...placeOf(error), originalError })
  }

  return (one, context) => {
    if (!one.errors) return one
    const given = 'data' in one ? undefined : givenOperation(context)
    const refused = given !== undefined && one.errors.some(isAboutVariable)
    const errors = refused ? [badInput(faultsOf(schema, given, inputChecker(services, context)))] : one.errors
    const toShow = (error: GraphQLError): GraphQLError =>
      errorWithoutSecrets(shown(withoutValue(error, context), context, log), context.secrets)
    return { ...one, errors: errors.map(toShow) }
  }
}

/** What an operation, or an event of a subscription, answers. */
interface Answer {
  readonly data?: unknown
  readonly errors?: readonly GraphQLError[]
}

/** A refusal before execution: with no data to carry, the HTTP status may say so too. */
const badInput = (faults: readonly ValidationFault[], field?: FieldNode): GraphQLError =>
  new GraphQLError('', {
    nodes: field ?? null,
    originalError: new GatewayError('BAD_USER_INPUT', { effect: 'NOT_APPLIED', validation: faults }),
    extensions: { http: { status: 400, spec: true } },
  })

const faultsOf = (schema: GraphQLSchema, given: GivenOperation, checkInput: CheckInput): ValidationFault[] =>
  distinct(refusedArguments(schema, given, checkInput).flatMap(({ faults }) => faults))

const givenOperation = ({ document, params }: RequestContext): GivenOperation | undefined =>
  document && { document, operationName: params.operationName, variables: params.variables ?? {} }

function inputChecker({ checkers }: UpstreamServices, { projectId }: RequestContext): CheckInput {
  return (field, input) => {
    const write = writesByInput.get(field)
    return (write && checkers.get(field)?.(write.withProject(input, projectId))) ?? []
  }
}

function shown(error: GraphQLError, context: RequestContext, log: Logger): GraphQLError {
  const { requestId } = context.audience
  const cause = causeOf(error)
  // For Yoga's eyes: it sets the status of a response without data by it, and does not send it.
  const http = error.extensions['http'] && { http: error.extensions['http'] }
  const refusedByGraphql =
    error.path === undefined && (cause === undefined || error.extensions['code'] !== undefined)
  if (refusedByGraphql && !(cause instanceof GatewayError)) {
    const code = error.extensions['code'] ?? 'BAD_REQUEST'
    return new GraphQLError(error.message, { ...placeOf(error), extensions: { code, requestId, ...http } })
  }
  if (!(cause instanceof GatewayError)) {
    log.error({ requestId, err: loggedError(cause ?? error, context.secrets) }, 'unexpected error')
  }
  const told = cause instanceof GatewayError ? cause : new GatewayError('INTERNAL_SERVER_ERROR', { cause })
  return graphqlError(told.withEffect(effectOf(told, error, context)), context.audience, placeOf(error), http)
}

/** What was thrown, below GraphQL's own wrappings; `undefined` for an error of GraphQL's own. */
function causeOf(error: GraphQLError): Error | undefined {
  let cause: Error | undefined | null = error.originalError
  while (cause instanceof GraphQLError) cause = cause.originalError
  return cause ?? undefined
}

const placeOf = ({ nodes, source, positions, path }: GraphQLError): Place => ({
  nodes: nodes ?? null,
  source: source ?? null,
  positions: positions ?? null,
  path: path ?? null,
})

/** What became of the write: said of mutations, and of subscriptions that write. */
function effectOf(told: GatewayError, error: GraphQLError, context: RequestContext): Effect | undefined {
  const kind = operationOf(context)?.operation
  if (kind !== 'mutation' && kind !== 'subscription') return undefined
  const [key, ...below] = error.path ?? []
  if (below.length === 0) return told.effect ?? 'UNKNOWN'
  return writtenEffect(context, String(key), below, told.code !== 'INTERNAL_SERVER_ERROR')
}
