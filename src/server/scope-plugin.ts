import type { DocumentNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { ServerContext } from './request-scope.ts'

/** Notes in the request's scope what Yoga finds out about it. */
export function scopePlugin(): Plugin<ServerContext, ServerContext> {
  return {
    onParams({ params, context }) {
      const { operationName, variables } = params
      context.scope.params = {
        operationName: typeof operationName === 'string' ? operationName : undefined,
        variables: typeof variables === 'object' && variables !== null ? variables : undefined,
      }
    },
    onParse({ context }) {
      return ({ result }) => {
        if (result !== null && !(result instanceof Error)) context.scope.document = result as DocumentNode
      }
    },
    onExecute({ context }) {
      context.scope.ran = true
    },
    onSubscribe({ context }) {
      context.scope.ran = true
    },
  }
}
