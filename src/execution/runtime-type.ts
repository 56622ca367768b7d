import { type GraphQLAbstractType, GraphQLError, type GraphQLResolveInfo, isObjectType } from 'graphql'
import { inspect } from 'graphql/jsutils/inspect.js'

/** The error for a value of an interface or union whose resolved type is invalid, in the words of graphql-js. */
export function wrongRuntimeType(
  type: GraphQLAbstractType,
  typeName: unknown,
  value: unknown,
  { fieldNodes, fieldName, parentType, schema }: GraphQLResolveInfo,
): GraphQLError {
  const nodes = { nodes: fieldNodes }
  const must = `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${fieldName}"`
  if (typeName === null || typeName === undefined) {
    const advice = `Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`
    return new GraphQLError(`${must}. ${advice}`, nodes)
  }
  if (isObjectType(typeName)) {
    return new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    )
  }
  if (typeof typeName !== 'string')
    return new GraphQLError(`${must} with value ${inspect(value)}, received "${inspect(typeName)}".`)
  const known = schema.getType(typeName)
  if (known === undefined) {
    return new GraphQLError(
      `Abstract type "${type.name}" was resolved to a type "${typeName}" that does not exist inside the schema.`,
      nodes,
    )
  }
  return new GraphQLError(
    isObjectType(known)
      ? `Runtime Object type "${typeName}" is not a possible type for "${type.name}".`
      : `Abstract type "${type.name}" was resolved to a non-object type "${typeName}".`,
    nodes,
  )
}
