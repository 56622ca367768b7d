import {
  GraphQLError,
  type GraphQLSchema,
  isInputType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { valueFaults } from '../../graphql/input-faults.ts'
import { operationOf, type RequestContext, type ServerContext } from '../request-context.ts'

/** So long a body is checked by GraphQL alone. */
const SHORT = 10_000

/**
 * Refuses a large input whose variables do not fit their types before GraphQL does: it would print all of the input into
 * each of up to fifty messages, which nobody reads.
 */
export function largeInputPlugin(schema: GraphQLSchema): Plugin<ServerContext> {
  const stop = (
    context: RequestContext,
    setResultAndStopExecution: (result: { readonly errors: readonly GraphQLError[] }) => void,
  ): void => {
    if (context.characters <= SHORT) return
    const unfit = operationOf(context)?.variableDefinitions?.find((one) =>
      isUnfit(schema, one, context.params.variables),
    )
    // The error plugin has the words, and all the faults.
    if (unfit !== undefined) setResultAndStopExecution({ errors: [new GraphQLError('', { nodes: unfit })] })
  }
  return {
    onExecute: ({ args, setResultAndStopExecution }) =>
      stop(args.contextValue.requestContext, setResultAndStopExecution),
    onSubscribe: ({ args, setResultAndStopExecution }) =>
      stop(args.contextValue.requestContext, setResultAndStopExecution),
  }
}

function isUnfit(
  schema: GraphQLSchema,
  { variable, type: node }: VariableDefinitionNode,
  variables: Readonly<Record<string, unknown>> = {},
): boolean {
  const type = typeFromAST(schema, node)
  const name = variable.name.value
  return (
    isInputType(type) && Object.hasOwn(variables, name) && valueFaults(variables[name], type, []).length > 0
  )
}
