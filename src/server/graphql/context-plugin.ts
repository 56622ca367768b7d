import type { DocumentNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { ServerContext } from '../request-context.ts'

/** Gives Yoga the parameters that the request pipeline has read, and notes in its context the document it parses. */
export function contextPlugin(): Plugin<ServerContext, ServerContext> {
  return {
    onRequestParse({ serverContext, setRequestParser }) {
      setRequestParser(() => serverContext.requestContext.params)
    },
    onParse({ context }) {
      return ({ result }) => {
        if (result !== null && !(result instanceof Error))
          context.requestContext.document = result as DocumentNode
      }
    },
    onExecute({ context }) {
      context.requestContext.ran = true
    },
    onSubscribe({ context }) {
      context.requestContext.ran = true
    },
  }
}
