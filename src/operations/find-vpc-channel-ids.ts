import type { Cloud } from './cloud.ts'
import { LONGEST_PART, listProjectVpcChannels } from './list-vpc-channels.ts'
import type { OperationContext } from './operation-context.ts'

/**
 * The ids of a project's ROMA Connect channels of exactly one name, by instance. The example of a batch answer brings
 * no ids, so this is how they are found.
 */
export async function findVpcChannelIds(
  cloud: Cloud,
  { projectId, name }: { readonly projectId: string; readonly name: string },
  context: OperationContext,
): Promise<ReadonlyMap<string, string>> {
  const query = { name, precise_search: 'name', limit: LONGEST_PART } as const
  const { channels } = await listProjectVpcChannels(cloud, { projectId, withMembers: false }, query, context)
  const named = channels.filter(({ channel }) => channel.name === name)
  return new Map(named.map(({ channel }) => [channel.instanceId, channel.id ?? '']))
}
