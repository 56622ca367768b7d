import { observedChannels } from './observed-channels.ts'
import type { OperationContext } from './operation-context.ts'
import type { UpstreamServices } from './upstream-services.ts'

/**
 * The ids of a project's ROMA Connect channels of exactly one name, by instance. The example of a batch answer brings
 * no ids, so this is how they are found.
 */
export async function findVpcChannelIds(
  services: UpstreamServices,
  of: { readonly projectId: string; readonly name: string },
  context: OperationContext,
): Promise<ReadonlyMap<string, string>> {
  const channels = await observedChannels(services, { ...of, withMembers: false }, context)
  return new Map([...channels].map(([instanceId, channel]) => [instanceId, channel.id ?? '']))
}
