import { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Refuses subscriptions by GET: they write here, and a GET is safe. (Yoga does the same for mutations.) */
export function safeGetPlugin(): Plugin {
  return {
    onSubscribe({ args }) {
      if (args.contextValue.request.method !== 'GET') return
      throw new GraphQLError('Send a subscription that writes by POST.', {
        extensions: { code: 'BAD_REQUEST', http: { status: 405, headers: { allow: 'POST' } } },
      })
    },
  }
}
