import {
  defaultTypeResolver,
  type FieldNode,
  type GraphQLAbstractType,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  isAbstractType,
  isLeafType,
  isNonNullType,
  isObjectType,
  type ResponsePath,
} from 'graphql'
import { serializer } from './leaf.ts'
import type { CompleteObject, CompleteValue, PlanContext } from './plan-context.ts'
import { failed, isPromise, type Position, type Run } from './run.ts'
import { wrongRuntimeType } from './runtime-type.ts'

/** Completes the value of a field or of a list's item, now or as a promise. A failure stops at the next nullable position. */
export function outcomeOf(
  value: unknown,
  complete: CompleteValue,
  position: Position,
  path: ResponsePath,
  run: Run,
  info: GraphQLResolveInfo,
): unknown {
  try {
    const outcome = isPromise(value)
      ? value.then((later) => complete(later, path, run, info))
      : complete(value, path, run, info)
    return isPromise(outcome)
      ? outcome.then(undefined, (error) => failed(error, position, path, run))
      : outcome
  } catch (error) {
    return failed(error, position, path, run)
  }
}

/** The completer for the values of a type. */
export function planValue(
  planContext: PlanContext,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): CompleteValue {
  if (isNonNullType(type)) {
    const complete = planValue(planContext, type.ofType, nodes)
    return (value, path, run, info) => {
      const outcome = complete(value, path, run, info)
      if (outcome !== null) return outcome
      throw new Error(`Cannot return null for non-nullable field ${info.parentType.name}.${info.fieldName}.`)
    }
  }
  const complete = planGiven(planContext, type, nodes)
  return (value, path, run, info) => {
    if (value instanceof Error) throw value
    return value === null || value === undefined ? null : complete(value, path, run, info)
  }
}

function planGiven(
  planContext: PlanContext,
  type: GraphQLOutputType,
  nodes: readonly FieldNode[],
): CompleteValue {
  if (isLeafType(type)) return serializer(type)
  if (isObjectType(type)) return planContext.planObject(type, nodes)
  if (isAbstractType(type)) return planAbstract(planContext, type, nodes)
  const position = { nodes, isNullable: !isNonNullType(type.ofType) }
  return planList(planValue(planContext, type.ofType, nodes), position)
}

function planList(complete: CompleteValue, position: Position): CompleteValue {
  return (value, path, run, info) => {
    if (!isIterable(value)) {
      const field = `${info.parentType.name}.${info.fieldName}`
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${field}".`)
    }
    const outcomes: unknown[] = []
    let isPending = false
    try {
      for (const item of value) {
        const itemPath = { prev: path, key: outcomes.length, typename: undefined }
        const outcome = outcomeOf(item, complete, position, itemPath, run, info)
        outcomes.push(outcome)
        isPending ||= isPromise(outcome)
      }
    } catch (error) {
      // Nothing awaits the earlier items: without this their rejections would end the process.
      if (isPending) Promise.all(outcomes).catch(() => undefined)
      throw error
    }
    return isPending ? Promise.all(outcomes) : outcomes
  }
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function'

function planAbstract(
  planContext: PlanContext,
  type: GraphQLAbstractType,
  nodes: readonly FieldNode[],
): CompleteValue {
  const possible = planContext.schema.getPossibleTypes(type)
  const completers = new Map<unknown, CompleteObject>(
    possible.map((one) => [one.name, planContext.planObject(one, nodes)]),
  )
  const resolveType = type.resolveType ?? defaultTypeResolver
  return (value, path, run, info) => {
    const completeAs = (typeName: unknown): unknown => {
      const complete = completers.get(typeName)
      if (complete === undefined) throw wrongRuntimeType(type, typeName, value, info)
      return complete(value, path, run)
    }
    const typeName: unknown = resolveType(value, run.context, info, type)
    return isPromise(typeName) ? typeName.then(completeAs) : completeAs(typeName)
  }
}
