import { type GraphQLAbstractType, GraphQLError, type GraphQLResolveInfo, isObjectType } from 'graphql'
import { inspect } from 'graphql/jsutils/inspect.js'

/** Why the type that a value of an interface or a union said to be of cannot be its type; in graphql-js' words. */
export function wrongRuntimeType(
  type: GraphQLAbstractType,
  told: unknown,
  value: unknown,
  { fieldNodes, fieldName, parentType, schema }: GraphQLResolveInfo,
): GraphQLError {
  const nodes = { nodes: fieldNodes }
  const must = `Abstract type "${type.name}" must resolve to an Object type at runtime for field "${parentType.name}.${fieldName}"`
  if (told === null || told === undefined) {
    const advice = `Either the "${type.name}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`
    return new GraphQLError(`${must}. ${advice}`, nodes)
  }
  if (isObjectType(told)) {
    return new GraphQLError(
      'Support for returning GraphQLObjectType from resolveType was removed in graphql-js@16.0.0 please return type name instead.',
    )
  }
  if (typeof told !== 'string')
    return new GraphQLError(`${must} with value ${inspect(value)}, received "${inspect(told)}".`)
  const known = schema.getType(told)
  if (known === undefined) {
    return new GraphQLError(
      `Abstract type "${type.name}" was resolved to a type "${told}" that does not exist inside the schema.`,
      nodes,
    )
  }
  return new GraphQLError(
    isObjectType(known)
      ? `Runtime Object type "${told}" is not a possible type for "${type.name}".`
      : `Abstract type "${type.name}" was resolved to a non-object type "${told}".`,
    nodes,
  )
}
