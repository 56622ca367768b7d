import { type ExecutionResult, execute, type GraphQLSchema } from 'graphql'
import type { CompiledOperation } from '../../execution/compile-operation.ts'
import type { CompiledOperations } from '../../execution/compiled-operations.ts'
import type { GraphqlContext } from '../../graphql/graphql-context.ts'
import type { AbortSignalLike } from '../../lib/abort-signal.ts'
import { ClientAbortSignal } from '../http/client-abort-signal.ts'
import type { Exchange } from '../http/exchange.ts'
import type { RequestContext } from '../request-context.ts'
import { unfitVariable } from './unfit-variable.ts'

/** Executes the operation of a request: compiled where its document has come before (ADR 10), else by graphql-js. */
export type ExecuteOperation = (exchange: Exchange, isKnown: boolean) => Executed

type Executed = ExecutionResult | Promise<ExecutionResult>

export interface ExecutionParts {
  readonly schema: GraphQLSchema
  readonly operations: CompiledOperations
  readonly contextOf: (context: RequestContext, signal: AbortSignalLike) => GraphqlContext
}

export const operationExecutor =
  (parts: ExecutionParts): ExecuteOperation =>
  (exchange, isKnown) => {
    const { record } = exchange.context
    const { query = '', operationName } = record.params
    record.ran = true
    const compiled = isKnown ? parts.operations.get(query, operationName) : undefined
    return compiled === undefined
      ? executeDocument(parts, exchange)
      : executeCompiled(compiled, parts, exchange)
  }

function executeCompiled(
  compiled: CompiledOperation,
  { schema, contextOf }: ExecutionParts,
  { response, context }: Exchange,
): Executed {
  const { variables } = context.record.params
  const contextValue = contextOf(context, new ClientAbortSignal(response))
  const executed = compiled.executePlain(contextValue, variables)
  if (executed !== undefined) return executed
  const unfit = unfitVariable(schema, context.record)
  return unfit === undefined ? compiled.execute(contextValue, variables) : { errors: [unfit] }
}

function executeDocument({ schema, contextOf }: ExecutionParts, { response, context }: Exchange): Executed {
  const { document, params } = context.record
  if (document === undefined) throw new Error('an operation without a document')
  const unfit = unfitVariable(schema, context.record)
  if (unfit !== undefined) return { errors: [unfit] }
  const contextValue = contextOf(context, new ClientAbortSignal(response))
  const { operationName, variables } = params
  return execute({ schema, document, contextValue, variableValues: variables, operationName })
}
