import type { GraphqlContext } from '../graphql/graphql-context.ts'
import { createLoaders } from '../graphql/vpc-channel/loaders.ts'
import type { Cloud } from '../operations/cloud.ts'
import type { OperationContext } from '../operations/operation-context.ts'
import { callerOf } from './caller.ts'
import { operationOf, type RequestScope } from './request-scope.ts'

const LONGEST_UNKNOWN_VALUE = 64
const MOST_UNKNOWN_VALUES = 20

export interface ContextSettings {
  readonly cloud: Cloud
  /** The token of the sandbox user, in sandbox mode only. */
  readonly sandboxToken: string | undefined
}

/** What resolvers get of one request. */
export function graphqlContext(
  settings: ContextSettings,
  request: Request,
  scope: RequestScope,
): GraphqlContext {
  const { cloud } = settings
  const operation: OperationContext = {
    caller: callerOf(request.headers.get('x-auth-token'), settings.sandboxToken),
    projectId: scope.projectId,
    language: scope.audience.language === 'zh' ? 'zh-cn' : 'en-us',
    signal: operationOf(scope)?.operation === 'query' ? request.signal : undefined,
    deadline: scope.startedAt + cloud.limits.deadlineMs,
    record: (call) => scope.calls.push(call),
    noteUnknown: (field, value) => {
      if (scope.unknownValues.length >= MOST_UNKNOWN_VALUES) return
      scope.unknownValues.push({ field, value: shownValue(value) })
    },
  }
  return { cloud, operation, loaders: createLoaders(cloud, operation), audience: scope.audience }
}

/** A scalar as it was written, cut short; of anything else only its kind. */
const shownValue = (value: unknown): string =>
  typeof value === 'object' ? 'object' : String(value).slice(0, LONGEST_UNKNOWN_VALUE)
