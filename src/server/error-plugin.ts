import { type FieldNode, GraphQLError, type GraphQLErrorExtensions, type GraphQLSchema } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Effect } from '../errors/error-code.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { graphqlError, type Place } from '../errors/graphql-error.ts'
import type { ValidationFault } from '../errors/validation-fault.ts'
import { isAboutValue, refusedLiterals, refusedVariables } from '../graphql/refused-arguments.ts'
import { operationOf, type RequestScope, type RequestScopes } from './request-scope.ts'

/**
 * Every error of every response in the one shape of the contract: those of resolvers, of GraphQL's own checks, and of
 * requests that are no GraphQL at all. What is none of these is told as INTERNAL_SERVER_ERROR, and logged.
 */
export function errorPlugin(schema: GraphQLSchema, scopes: RequestScopes, log: Logger): Plugin {
  return {
    onValidate({ params }) {
      return ({ valid, result, setResult }) => {
        if (valid) return
        const refused = refusedLiterals(schema, params.documentAST)
        if (refused.length === 0) return
        const others = result.filter((error) => !isAboutValue(error))
        setResult([...others, ...refused.map(({ field, faults }) => badInput(faults, field))])
      }
    },
    onResultProcess({ request, result, setResult }) {
      const scope = scopes.get(request)
      if (scope === undefined || !('errors' in result) || !result.errors) return
      const faults = 'data' in result ? [] : variableFaults(schema, scope)
      const errors = faults.length > 0 ? [badInput(faults)] : result.errors
      setResult({ ...result, errors: errors.map((error) => shown(error, scope, log)) })
    },
  }
}

/** A refusal before execution: with no data to carry, the HTTP status may say so too. */
const badInput = (faults: readonly ValidationFault[], field?: FieldNode): GraphQLError =>
  new GraphQLError('', {
    nodes: field ?? null,
    originalError: new GatewayError('BAD_USER_INPUT', { effect: 'NOT_APPLIED', validation: faults }),
    extensions: { http: { status: 400, spec: true } },
  })

const variableFaults = (schema: GraphQLSchema, { document, params }: RequestScope): ValidationFault[] =>
  document === undefined
    ? []
    : refusedVariables(schema, document, params.operationName, params.variables ?? {})

function shown(error: GraphQLError, scope: RequestScope, log: Logger): GraphQLError {
  const { requestId } = scope.audience
  const cause = causeOf(error)
  const http = error.extensions['http']
  if (cause === undefined && error.path === undefined) {
    const extensions: GraphQLErrorExtensions = {
      code: error.extensions['code'] ?? 'BAD_REQUEST',
      requestId,
      http,
    }
    return new GraphQLError(error.message, { ...placeOf(error), extensions })
  }
  if (!(cause instanceof GatewayError)) log.error({ requestId, err: cause ?? error }, 'unexpected error')
  const told = cause instanceof GatewayError ? cause : new GatewayError('INTERNAL_SERVER_ERROR', { cause })
  return graphqlError(told.withEffect(effectOf(told, error, scope)), scope.audience, placeOf(error), http)
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

/** What became of the write: said of mutations only. A field below a mutation's is read after the write has happened. */
function effectOf(told: GatewayError, error: GraphQLError, scope: RequestScope): Effect | undefined {
  if (operationOf(scope)?.operation !== 'mutation') return undefined
  if (error.path !== undefined && error.path.length > 1) return 'APPLIED'
  return told.effect ?? 'UNKNOWN'
}
