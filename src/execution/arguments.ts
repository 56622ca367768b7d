import { type FieldNode, type GraphQLField, getArgumentValues, isNonNullType, Kind } from 'graphql'
import type { Run } from './run.ts'

type Variables = Run['variables']

/**
 * How a field's arguments are had at each execution, in an object of its own. Where all that are given are variables, they
 * are picked from those; literals, and whatever is not right, are graphql-js' to read.
 */
export function planArguments(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Variables) => Record<string, unknown> {
  if (field.args.length === 0) return () => ({})
  const byTheBook = (variables: Variables): Record<string, unknown> =>
    getArgumentValues(field, node, variables)
  const variableOf = new Map<string, string>()
  for (const { name, value } of node.arguments ?? []) {
    if (value.kind !== Kind.VARIABLE) return byTheBook
    variableOf.set(name.value, value.name.value)
  }
  const picks = field.args.map(({ name, type, defaultValue }) => {
    return { name, variable: variableOf.get(name), defaultValue, isRequired: isNonNullType(type) }
  })
  return (variables) => {
    const values: Record<string, unknown> = {}
    for (const { name, variable, defaultValue, isRequired } of picks) {
      const isGiven = variable !== undefined && Object.hasOwn(variables, variable)
      const value = isGiven ? variables[variable] : defaultValue
      if (isRequired && (value === null || value === undefined)) return byTheBook(variables)
      if (value !== undefined) values[name] = value
    }
    return values
  }
}
