import type { Audience } from '../errors/render-gateway-error.ts'
import type { OperationContext } from '../operations/operation-context.ts'
import type { UpstreamServices } from '../operations/upstream-services.ts'
import type { Loaders } from './vpc-channel/loaders.ts'

/** The context of resolvers. All of it belongs to one request, except the services. */
export interface GraphqlContext {
  readonly services: UpstreamServices
  readonly operation: OperationContext
  readonly loaders: Loaders
  readonly audience: Audience
}
