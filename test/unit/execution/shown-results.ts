import { type ExecutionResult, GraphQLError } from 'graphql'

/** All that can be seen of an error. */
const shown = (error: unknown): unknown => {
  if (!(error instanceof GraphQLError)) return { noGraphqlError: String(error) }
  const { originalError, nodes, source, positions } = error
  return {
    ...error.toJSON(),
    originalError: originalError && `${originalError.constructor.name} ${originalError.message}`,
    nodes: nodes?.map((node) => [node.kind, node.loc?.start]),
    source: source?.body.length,
    positions,
  }
}

/** Values with the order of their keys; whether an object has a prototype makes no difference to a caller. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  return { entries: Object.entries(value).map(([key, below]) => [key, ordered(below)]) }
}

/** A result as one that compares, with all that can be seen of it. */
export const shownResult = (result: ExecutionResult): object => ({
  keys: Object.keys(result),
  data: ordered(result.data),
  errors: result.errors?.map(shown),
})
