import {
  GraphQLError,
  type GraphQLSchema,
  isInputType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'
import { valueFaults } from '../../graphql/input-faults.ts'
import type { OperationRecord } from '../request-context.ts'

/** graphql-js alone checks the variables of shorter requests. */
const MIN_CHARACTERS = 10_000

/**
 * Finds the first variable of a long request whose value does not fit its type. graphql-js would print the whole input into each
 * of up to fifty messages. The error has no message: rendering replaces it by all faults of the input.
 */
export function unfitVariable(
  schema: GraphQLSchema,
  { characters, operation, params }: OperationRecord,
): GraphQLError | undefined {
  if (characters <= MIN_CHARACTERS) return undefined
  const nodes = operation?.variableDefinitions?.find((one) => isUnfit(schema, one, params.variables))
  return nodes && new GraphQLError('', { nodes })
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
