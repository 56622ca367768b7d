import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  getNullableType,
  isLeafType,
  isNonNullType,
  type ResponsePath,
} from 'graphql'
import { planArguments } from './arguments.ts'
import { kindOf, serializer } from './leaf.ts'
import {
  type PlainLeaf,
  type PlanContext,
  type PlannedField,
  type ResolveField,
  Unsupported,
} from './plan-context.ts'
import { outcomeOf, planValue } from './plan-value.ts'
import { failed, type Run } from './run.ts'

/** Plans a field of an object. Most only read a property with a leaf value; the others call a resolver. */
export function planField(
  planContext: PlanContext,
  parentType: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): PlannedField {
  const node = nodes[0]
  planContext.fieldsLeft -= 1
  if (node === undefined || planContext.fieldsLeft < 0) throw new Unsupported()
  if (node.name.value === '__typename') return { key, resolve: () => parentType.name }
  const field = parentType.getFields()[node.name.value]
  // `__schema` and `__type` are not fields of the type.
  if (field === undefined) throw new Unsupported()

  const { schema, fragments, operation } = planContext
  const { name, type } = field
  const resolver = field.resolve ?? defaultFieldResolver
  const position = { nodes, isNullable: !isNonNullType(type) }
  const complete = planValue(planContext, type, nodes)
  const argumentsOf = planArguments(field, node)

  const pathBelow = (above: ResponsePath | undefined): ResponsePath => ({
    prev: above,
    key,
    typename: parentType.name,
  })
  const infoOf = (path: ResponsePath, run: Run): GraphQLResolveInfo => ({
    fieldName: name,
    fieldNodes: nodes,
    returnType: type,
    parentType,
    path,
    schema,
    fragments,
    rootValue: undefined,
    operation,
    variableValues: run.variables,
  })
  const resolve: ResolveField = (source, above, run) => {
    const path = pathBelow(above)
    const info = infoOf(path, run)
    let value: unknown
    try {
      value = resolver(source, argumentsOf(run.variables), run.context, info)
    } catch (error) {
      return failed(error, position, path, run)
    }
    return outcomeOf(value, complete, position, path, run, info)
  }
  const leaf = getNullableType(type)
  if (resolver !== defaultFieldResolver || field.args.length > 0 || !isLeafType(leaf)) return { key, resolve }

  const serialize = serializer(leaf)
  const completeLeaf: PlainLeaf['complete'] = (value, source, above, run) => {
    try {
      if (isPrimitive(value)) return serialize(value)
    } catch (error) {
      return failed(error, position, pathBelow(above), run)
    }
    if (position.isNullable && (value === null || value === undefined)) return null
    if (typeof value === 'function') return resolve(source, above, run)
    const path = pathBelow(above)
    return outcomeOf(value, complete, position, path, run, infoOf(path, run))
  }
  const unreadable: PlainLeaf['unreadable'] = (error, above, run) =>
    failed(error, position, pathBelow(above), run)
  return {
    key,
    resolve: (source, above, run) => {
      if (typeof source !== 'object' || source === null) return resolve(source, above, run)
      let value: unknown
      try {
        value = (source as Readonly<Record<string, unknown>>)[name]
      } catch (error) {
        return unreadable(error, above, run)
      }
      return completeLeaf(value, source, above, run)
    },
    leaf: {
      property: name,
      kind: kindOf(leaf),
      isNullable: position.isNullable,
      complete: completeLeaf,
      unreadable,
    },
  }
}

/** A string, a number or the like: neither null nor a promise nor an error. */
const isPrimitive = (value: unknown): boolean =>
  typeof value !== 'object' && typeof value !== 'function' && value !== undefined
