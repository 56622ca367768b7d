import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  GraphQLString,
  isEnumType,
} from 'graphql'
import { inspect } from 'graphql/jsutils/inspect.js'

/** Serializes a value that is not null, or throws. */
export type Serialize = (value: unknown) => unknown

const serializers = new WeakMap<GraphQLLeafType, Serialize>()

/** Makes the serializer of a type. Values that are obviously valid are returned unchanged; `serialize` of the type handles the rest. */
export function serializer(type: GraphQLLeafType): Serialize {
  const serialize = serializers.get(type) ?? newSerializer(type)
  serializers.set(type, serialize)
  return serialize
}

function newSerializer(type: GraphQLLeafType): Serialize {
  const byTheBook: Serialize = (value) => {
    const result = type.serialize(value)
    if (result !== null && result !== undefined) return result
    throw new Error(
      `Expected \`${type.name}.serialize(${inspect(value)})\` to return non-nullable value, returned: ${result}`,
    )
  }
  if (isEnumType(type)) {
    const names = new Map<unknown, string>(type.getValues().map(({ value, name }) => [value, name]))
    return (value) => names.get(value) ?? byTheBook(value)
  }
  if (type === GraphQLString || type === GraphQLID)
    return (value) => (typeof value === 'string' ? value : byTheBook(value))
  if (type === GraphQLInt)
    return (value) => (typeof value === 'number' && (value | 0) === value ? value : byTheBook(value))
  if (type === GraphQLBoolean) return (value) => (typeof value === 'boolean' ? value : byTheBook(value))
  return byTheBook
}

/** The kind of value that is obviously valid; `other` where only `serialize` knows. */
export type LeafKind = 'string' | 'integer' | 'boolean' | 'other'

export function kindOf(type: GraphQLLeafType): LeafKind {
  if (type === GraphQLString || type === GraphQLID) return 'string'
  if (type === GraphQLInt) return 'integer'
  return type === GraphQLBoolean ? 'boolean' : 'other'
}
