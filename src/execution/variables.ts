import {
  type GraphQLError,
  GraphQLID,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  GraphQLInt,
  type GraphQLScalarType,
  type GraphQLSchema,
  GraphQLString,
  getVariableValues,
  isEnumType,
  isInputObjectType,
  isNonNullType,
  isScalarType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql'

/*
 * Reads obviously valid values only. At the first other value graphql-js reads all of them, and reports what is invalid, if
 * anything.
 */

type Values = Readonly<Record<string, unknown>>

/** Variables as resolvers get them, or why the operation does not run. */
export type CoercedVariables =
  | { readonly coerced: Record<string, unknown>; readonly errors?: never }
  | { readonly coerced?: never; readonly errors: readonly GraphQLError[] }

export interface VariablePlan {
  /** The variables as resolvers get them; `undefined` where one is not obviously valid. */
  readonly plain: (raw: Values) => Record<string, unknown> | undefined
  /** The same for all valid variables, or the errors of invalid ones. */
  readonly any: (raw: Values) => CoercedVariables
}

/** Makes the reader of an operation's variables as `JSON.parse` returns them. */
export function planVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): VariablePlan {
  const variables = definitions.map(({ variable, type: typeNode, defaultValue }) => {
    const type = typeFromAST(schema, typeNode) as GraphQLInputType
    return { name: variable.name.value, type, coerce: coercer(type), defaultValue }
  })
  const plain = (raw: Values): Record<string, unknown> | undefined => {
    const coerced: Record<string, unknown> = {}
    for (const { name, type, coerce, defaultValue } of variables) {
      const isGiven = Object.hasOwn(raw, name)
      if (!isGiven && defaultValue === undefined && !isNonNullType(type)) continue
      const value = isGiven ? coerce(raw[name]) : valueFromAST(defaultValue, type)
      if (value === undefined) return undefined
      coerced[name] = value
    }
    return coerced
  }
  return {
    plain,
    any: (raw) => {
      const coerced = plain(raw)
      return coerced ? { coerced } : getVariableValues(schema, definitions, raw, { maxErrors: 50 })
    },
  }
}

/** Converts a value to what resolvers get; `undefined` where it is not obviously valid. */
type Coerce = (value: unknown) => unknown

function coercer(type: GraphQLInputType): Coerce {
  const missing = isNonNullType(type) ? undefined : null
  const coerce = givenCoercer(isNonNullType(type) ? type.ofType : type)
  return (value) => (value === null || value === undefined ? missing : coerce(value))
}

function givenCoercer(type: GraphQLInputType): Coerce {
  if (isScalarType(type)) return scalarCoercer(type)
  if (isEnumType(type)) {
    const values = new Map<unknown, unknown>(type.getValues().map(({ name, value }) => [name, value]))
    return (given) => values.get(given)
  }
  if (!isInputObjectType(type)) return listCoercer(coercer(type.ofType))
  const coerce = objectCoercers.get(type) ?? objectCoercer(type)
  objectCoercers.set(type, coerce)
  return coerce
}

function scalarCoercer(type: GraphQLScalarType): Coerce {
  const parsed: Coerce = (given) => {
    try {
      return type.parseValue(given)
    } catch {
      return undefined
    }
  }
  if (type === GraphQLString || type === GraphQLID)
    return (given) => (typeof given === 'string' ? given : parsed(given))
  if (type === GraphQLInt)
    return (given) => (typeof given === 'number' && (given | 0) === given ? given : parsed(given))
  return parsed
}

function listCoercer(coerce: Coerce): Coerce {
  return (given) => {
    if (!Array.isArray(given)) return undefined
    const values: unknown[] = []
    for (const item of given) {
      const value = coerce(item)
      if (value === undefined) return undefined
      values.push(value)
    }
    return values
  }
}

/** Input types can contain themselves: each has one coercer, which finds those of its fields at its first use. */
const objectCoercers = new WeakMap<GraphQLInputObjectType, Coerce>()

function objectCoercer(type: GraphQLInputObjectType): Coerce {
  const plan = () =>
    Object.values(type.getFields()).map(({ name, type: of, defaultValue }) => {
      return { name, defaultValue, isRequired: isNonNullType(of), coerce: coercer(of) }
    })
  let fields: ReturnType<typeof plan> | undefined
  return (given) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) return undefined
    fields ??= plan()
    const values: Record<string, unknown> = {}
    let known = 0
    for (const { name, defaultValue, isRequired, coerce } of fields) {
      const field = (given as Values)[name]
      if (field === undefined) {
        if (defaultValue !== undefined) values[name] = defaultValue
        else if (isRequired) return undefined
        continue
      }
      const value = coerce(field)
      if (value === undefined) return undefined
      values[name] = value
      known += 1
    }
    // The value has a key that is not a field of the type.
    for (const _ in given) known -= 1
    if (known !== 0) return undefined
    if (type.isOneOf && !isOne(values)) return undefined
    return values
  }
}

/** Whether there is exactly one value, which is not `null`. */
const isOne = (values: Values): boolean => {
  const [first, ...rest] = Object.values(values)
  return first !== null && first !== undefined && rest.length === 0
}
