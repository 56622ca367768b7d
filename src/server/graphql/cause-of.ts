import { GraphQLError } from 'graphql'

/** What a resolver threw, below the errors that GraphQL wraps around it; `undefined` for an error of GraphQL's own. */
export function causeOf(error: GraphQLError): Error | undefined {
  let cause: Error | undefined | null = error.originalError
  while (cause instanceof GraphQLError) cause = cause.originalError
  return cause ?? undefined
}
