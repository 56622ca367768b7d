import type { DocumentNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { ServerContext } from './request-scope.ts'

/** Gives Yoga the parameters that the front door has read, and notes in the request's scope the document it parses. */
export function scopePlugin(): Plugin<ServerContext, ServerContext> {
  return {
    onRequestParse({ serverContext, setRequestParser }) {
      setRequestParser(() => serverContext.scope.params)
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
