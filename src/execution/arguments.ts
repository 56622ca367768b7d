import {
  type FieldNode,
  type GraphQLArgument,
  type GraphQLField,
  getArgumentValues,
  getNullableType,
  isLeafType,
  isNonNullType,
  Kind,
  type ValueNode,
  valueFromAST,
} from 'graphql'
import type { Run } from './run.ts'

type Variables = Run['variables']

/** Reads an argument; `undefined` where it is absent. */
type Read = (variables: Variables) => unknown

/**
 * Makes the reader of a field's arguments, which returns a new object for each execution. It picks variables, and literals of
 * scalars and enums; graphql-js reads everything else, and invalid values.
 */
export function planArguments(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Variables) => Record<string, unknown> {
  if (field.args.length === 0) return () => ({})
  const byTheBook = (variables: Variables): Record<string, unknown> =>
    getArgumentValues(field, node, variables)
  const given = new Map(node.arguments?.map(({ name, value }) => [name.value, value]))
  const picks: { readonly name: string; readonly isRequired: boolean; readonly read: Read }[] = []
  for (const argument of field.args) {
    const read = planRead(argument, given.get(argument.name))
    if (read === undefined) return byTheBook
    picks.push({ name: argument.name, isRequired: isNonNullType(argument.type), read })
  }
  return (variables) => {
    const values: Record<string, unknown> = {}
    for (const { name, isRequired, read } of picks) {
      const value = read(variables)
      if (isRequired && (value === null || value === undefined)) return byTheBook(variables)
      if (value !== undefined) values[name] = value
    }
    return values
  }
}

/** `undefined` for lists and objects: each execution needs new ones. */
function planRead({ type, defaultValue }: GraphQLArgument, node: ValueNode | undefined): Read | undefined {
  if (node === undefined) return () => defaultValue
  if (node.kind === Kind.VARIABLE) {
    const variable = node.name.value
    return (variables) => (Object.hasOwn(variables, variable) ? variables[variable] : defaultValue)
  }
  if (!isLeafType(getNullableType(type))) return undefined
  const value = valueFromAST(node, type)
  return value === undefined || typeof value === 'object' ? undefined : () => value
}
