import { type GraphQLInputType, isInputObjectType, isListType, isNonNullType } from 'graphql'

/**
 * A value as GraphQL would take it if nothing were wrong with it: with the defaults of its type, one item in place of a
 * list as that list. What is wrong stays as it is, so that rules can still be run over the rest.
 */
export function assumedValue(value: unknown, type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return assumedValue(value, type.ofType)
  if (value === null || value === undefined) return value
  if (isListType(type))
    return (Array.isArray(value) ? value : [value]).map((item) => assumedValue(item, type.ofType))
  if (!isInputObjectType(type) || typeof value !== 'object' || Array.isArray(value)) return value
  const given = new Map<string, unknown>(Object.entries(value))
  return Object.fromEntries(
    Object.values(type.getFields()).map((field) => {
      const own = given.get(field.name)
      return [field.name, own === undefined ? field.defaultValue : assumedValue(own, field.type)]
    }),
  )
}
