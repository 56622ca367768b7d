import { isAsyncIterable, mapAsyncIterator } from '@graphql-tools/utils'
import type { GraphQLError } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Answer } from '../observability/operation-report.ts'
import type { Reporting } from '../observability/reporting.ts'
import type { ServerContext } from '../request-context.ts'

/** Tells of every operation that Yoga serves when it ends. */
export function reportPlugin(reporting: Reporting): Plugin<object, ServerContext> {
  return {
    onResultProcess({ serverContext: { requestContext: context }, result, setResult }) {
      if (!isAsyncIterable(result)) {
        if (!Array.isArray(result)) reporting.ended(context, result as Answer)
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
        () => reporting.ended(context, { data, errors }),
      )
      setResult(noted)
    },
  }
}
