import type { FieldNode, GraphQLObjectType } from 'graphql'
import { generatedObject } from './generated-object.ts'
import {
  type CompleteObject,
  type Data,
  type PlanContext,
  type PlannedField,
  Unsupported,
} from './plan-context.ts'
import { planField } from './plan-field.ts'
import { isPromise } from './run.ts'
import { settled } from './settled.ts'

type Fields = ReadonlyMap<string, readonly FieldNode[]>

/** Plans the selected fields of an object: resolved all at once or, for a mutation, one after the other. */
export function planObject(
  planContext: PlanContext,
  type: GraphQLObjectType,
  collect: () => Fields,
  order: 'PARALLEL' | 'SERIAL' = 'PARALLEL',
): CompleteObject {
  if (type.isTypeOf) throw new Unsupported()
  let fields: Fields
  try {
    fields = collect()
  } catch (error) {
    // The condition of a `@skip` or `@include` is null.
    return () => {
      throw error
    }
  }
  // Setting it would set the prototype of the object.
  if (fields.has('__proto__')) throw new Unsupported()
  const planned = [...fields].map(([key, nodes]) => planField(planContext, type, key, nodes))
  if (order === 'SERIAL') return oneAfterTheOther(planned)
  const byLoop = allAtOnce(planned)
  return generatedObject(planned, byLoop) ?? byLoop
}

function allAtOnce(fields: readonly PlannedField[]): CompleteObject {
  return (source, path, run) => {
    const data: Data = {}
    let pending: string[] | undefined
    try {
      for (const { key, resolve } of fields) {
        const outcome = resolve(source, path, run)
        data[key] = outcome
        if (!isPromise(outcome)) continue
        pending ??= []
        pending.push(key)
      }
    } catch (error) {
      if (pending === undefined) throw error
      // The object fails once the fields that have started have ended.
      return settled(data, pending).finally(() => {
        throw error
      })
    }
    return pending === undefined ? data : settled(data, pending)
  }
}

function oneAfterTheOther(fields: readonly PlannedField[]): CompleteObject {
  return (source, path, run) => {
    const extended = (data: Data, { key, resolve }: PlannedField): Data | Promise<Data> => {
      const set = (value: unknown): Data => {
        data[key] = value
        return data
      }
      const outcome = resolve(source, path, run)
      return isPromise(outcome) ? outcome.then(set) : set(outcome)
    }
    let data: Data | Promise<Data> = {}
    for (const field of fields)
      data = isPromise(data) ? data.then((before) => extended(before, field)) : extended(data, field)
    return data
  }
}
