import { GatewayError } from '../errors/gateway-error.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import { listPage } from './list-page.ts'
import { listProjectVpcChannels } from './list-vpc-channels.ts'
import type { OperationContext } from './operation-context.ts'
import type { UpstreamServices } from './upstream-services.ts'

interface ObservedName {
  readonly projectId: string
  readonly name: string
  readonly withMembers?: boolean
}

/**
 * The project's ROMA Connect channels of exactly one name by their instance, whole unless asked otherwise.
 *
 * @throws {GatewayError} where nothing is known, too: the list holds something that cannot be read, or fewer channels than
 * it counts
 */
export async function observedChannels(
  services: UpstreamServices,
  { projectId, name, withMembers = true }: ObservedName,
  context: OperationContext,
): Promise<ReadonlyMap<string, VpcChannel>> {
  const query = { name, precise_search: 'name' } as const
  // All of them: a project may have more instances with the name than one list call answers.
  const page = await listPage({ offset: 0, limit: Number.POSITIVE_INFINITY }, (part) =>
    listProjectVpcChannels(services, { projectId, withMembers }, { ...query, ...part }, context),
  )
  // Of an instance whose channel may be among what was not shown, nothing is known.
  if (withMembers && page.channels.length < page.total) {
    throw new GatewayError('UPSTREAM_BAD_RESPONSE', { reason: 'UNREADABLE_ANSWER', transient: true })
  }
  const named = page.channels.map(({ channel }) => channel).filter((channel) => channel.name === name)
  return new Map(named.map((channel) => [channel.instanceId, channel]))
}
