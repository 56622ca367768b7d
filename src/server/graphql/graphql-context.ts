import type { GraphqlContext } from '../../graphql/graphql-context.ts'
import { createLoaders } from '../../graphql/vpc-channel/loaders.ts'
import type { AbortSignalLike } from '../../lib/abort-signal.ts'
import type { OperationContext } from '../../operations/operation-context.ts'
import type { UpstreamServices } from '../../operations/upstream-services.ts'
import { formOf } from '../observability/log/form-of.ts'
import type { Reporting } from '../observability/reporting.ts'
import type { RequestContext } from '../request-context.ts'

const MAX_UNKNOWN_VALUES = 20

/** What resolvers get of one request. `signal` aborts when the client leaves. */
export function graphqlContext(
  services: UpstreamServices,
  signal: AbortSignalLike,
  context: RequestContext,
  reporting: Reporting,
): GraphqlContext {
  const { audience, record } = context
  const operation: OperationContext = {
    caller: record.caller,
    projectId: context.projectId,
    language: audience.language === 'zh' ? 'zh-cn' : 'en-us',
    signal: record.operation?.operation === 'query' ? signal : undefined,
    deadline: context.startedAt + services.limits.deadlineMs,
    record: (call) => reporting.called(context, call),
    trace: context.span?.calls,
    beginWrite: (asked) => reporting.beginWrite(context, asked),
    noteUnknown: (field, value) => {
      if (record.unknownValues.length >= MAX_UNKNOWN_VALUES) return
      record.unknownValues.push({ field, form: formOf(value) })
    },
  }
  return { services, operation, loaders: createLoaders(services, operation), audience }
}
