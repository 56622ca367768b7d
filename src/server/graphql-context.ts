import type { GraphqlContext } from '../graphql/graphql-context.ts'
import { createLoaders } from '../graphql/vpc-channel/loaders.ts'
import type { Cloud } from '../operations/cloud.ts'
import type { OperationContext } from '../operations/operation-context.ts'
import type { Leaving } from '../upstream/call-context.ts'
import { formOf } from './reporting/form-of.ts'
import type { Reporting } from './reporting/reporting.ts'
import { operationOf, type RequestScope } from './request-scope.ts'

const MOST_UNKNOWN_VALUES = 20

/** What resolvers get of one request. `signal` ends when the client leaves. */
export function graphqlContext(
  cloud: Cloud,
  signal: Leaving,
  scope: RequestScope,
  reporting: Reporting,
): GraphqlContext {
  const operation: OperationContext = {
    caller: scope.caller,
    projectId: scope.projectId,
    language: scope.audience.language === 'zh' ? 'zh-cn' : 'en-us',
    signal: operationOf(scope)?.operation === 'query' ? signal : undefined,
    deadline: scope.startedAt + cloud.limits.deadlineMs,
    record: (call) => reporting.called(scope, call),
    trace: scope.span?.calls,
    beginWrite: (asked) => reporting.beginWrite(scope, asked),
    noteUnknown: (field, value) => {
      if (scope.unknownValues.length >= MOST_UNKNOWN_VALUES) return
      scope.unknownValues.push({ field, form: formOf(value) })
    },
  }
  return { cloud, operation, loaders: createLoaders(cloud, operation), audience: scope.audience }
}
