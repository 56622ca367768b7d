import { isAsyncIterable, mapAsyncIterator } from '@graphql-tools/utils'
import type { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { ServerContext } from '../request-scope.ts'
import type { Answer } from './operation-report.ts'
import type { Reporting } from './reporting.ts'

/** Tells of every operation that Yoga serves when it ends. */
export function reportPlugin(reporting: Reporting): Plugin<object, ServerContext> {
  return {
    onResultProcess({ serverContext: { scope }, result, setResult }) {
      if (!isAsyncIterable(result)) {
        if (!Array.isArray(result)) reporting.ended(scope, result as Answer)
        return
      }
      // A subscription has taken all its calls only when it ends.
      const errors: GraphQLError[] = []
      let data: unknown
      const noted = mapAsyncIterator(
        result,
        (event) => {
          data = event.data ?? data
          errors.push(...(event.errors ?? []))
          return event
        },
        undefined,
        () => reporting.ended(scope, { data, errors }),
      )
      setResult(noted)
    },
  }
}
