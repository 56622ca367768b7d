import type { GraphqlContext } from '../../graphql/graphql-context.ts'
import { createLoaders } from '../../graphql/vpc-channel/loaders.ts'
import type { AbortSignalLike } from '../../lib/abort-signal.ts'
import type { OperationContext } from '../../operations/operation-context.ts'
import type { UpstreamServices } from '../../operations/upstream-services.ts'
import { formOf } from '../observability/log/form-of.ts'
import type { Reporting } from '../observability/reporting.ts'
import { operationOf, type RequestContext } from '../request-context.ts'

const MAX_UNKNOWN_VALUES = 20

/** What resolvers get of one request. `signal` ends when the client leaves. */
export function graphqlContext(
  services: UpstreamServices,
  signal: AbortSignalLike,
  context: RequestContext,
  reporting: Reporting,
): GraphqlContext {
  const operation: OperationContext = {
    caller: context.caller,
    projectId: context.projectId,
    language: context.audience.language === 'zh' ? 'zh-cn' : 'en-us',
    signal: operationOf(context)?.operation === 'query' ? signal : undefined,
    deadline: context.startedAt + services.limits.deadlineMs,
    record: (call) => reporting.called(context, call),
    trace: context.span?.calls,
    beginWrite: (asked) => reporting.beginWrite(context, asked),
    noteUnknown: (field, value) => {
      if (context.unknownValues.length >= MAX_UNKNOWN_VALUES) return
      context.unknownValues.push({ field, form: formOf(value) })
    },
  }
  return { services, operation, loaders: createLoaders(services, operation), audience: context.audience }
}
