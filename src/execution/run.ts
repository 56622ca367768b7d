import {
  type FieldNode,
  type GraphQLError,
  locatedError,
  type ResponsePath,
  responsePathAsArray,
} from 'graphql'
import { withoutStack } from '../lib/without-stack.ts'

/** One execution of a compiled operation. */
export interface Run {
  readonly context: unknown
  readonly variables: Record<string, unknown>
  readonly failures: Failures
}

/** The errors of one execution, in the order in which their fields failed. */
export class Failures {
  readonly errors: GraphQLError[] = []
  #nulled: Set<ResponsePath | undefined> | undefined

  /** Adds an error that makes `path` null (`undefined`: all of the data), unless something above is null already. */
  add(error: unknown, path: ResponsePath | undefined): void {
    this.#nulled ??= new Set()
    for (let above = path; above !== undefined; above = above.prev) if (this.#nulled.has(above)) return
    if (this.#nulled.has(undefined)) return
    this.#nulled.add(path)
    this.errors.push(error as GraphQLError)
  }
}

/** The nodes at which a failure is reported, and whether it stops there. */
export interface Position {
  readonly nodes: readonly FieldNode[]
  readonly isNullable: boolean
}

/** Handles a failed field or item: makes it `null` where it is nullable, else fails its parent. */
export function failed(raw: unknown, { nodes, isNullable }: Position, path: ResponsePath, run: Run): null {
  // The error takes the stack of what was thrown.
  const error = withoutStack(() => locatedError(raw, nodes, responsePathAsArray(path)))
  if (!isNullable) throw error
  run.failures.add(error, path)
  return null
}

/** Tests the type first: looking up `then` of a primitive takes time. */
export const isPromise = <Value>(value: Value | Promise<Value>): value is Promise<Value> =>
  ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
  typeof (value as Partial<Promise<unknown>>).then === 'function'
