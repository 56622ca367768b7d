import pLimit from 'p-limit'
import type { GatewayError } from '../errors/gateway-error.ts'
import type { ProjectId } from '../lib/ids.ts'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'
import { atInstance } from './failed-write.ts'
import { instanceObstacle } from './instance-obstacle.ts'
import type { OperationContext } from './operation-context.ts'
import { quotaObstacle } from './quota-obstacle.ts'
import type { UpstreamServices } from './upstream-services.ts'

/** Each takes up to two calls, in addition to four batch calls: together as many as one caller may have. */
const MAX_CONCURRENT_INSTANCES = 2

/** Finds the instances that caused the refusal of a whole chunk, each with what it was refused for. */
export function refusalCauses(
  services: UpstreamServices,
  input: UpsertProjectVpcChannelsInput & { readonly projectId: ProjectId },
  context: OperationContext,
): (instanceIds: readonly string[], refusal: GatewayError) => Promise<ReadonlyMap<string, GatewayError>> {
  const limited = pLimit(MAX_CONCURRENT_INSTANCES)
  const causeIn = async (instanceId: string, refusal: GatewayError): Promise<GatewayError | null> => {
    const of = { projectId: input.projectId, instanceId, name: input.name }
    if (refusal.code === 'QUOTA_EXCEEDED') return (await quotaObstacle(services, of, context)).obstacle
    const { obstacle, failure } = await instanceObstacle(services, of, context)
    const isForbidden = refusal.code === 'FORBIDDEN' && failure?.code === 'FORBIDDEN'
    return isForbidden ? failure.withEffect('NOT_APPLIED') : obstacle
  }
  return async (instanceIds, refusal) => {
    const causes = await Promise.all(
      instanceIds.map(async (id) => [id, await limited(() => causeIn(id, refusal))] as const),
    )
    return new Map(
      causes.flatMap(([id, cause]) => (cause === null ? [] : [[id, atInstance(cause, input, id)]])),
    )
  }
}
