import DataLoader from 'dataloader'
import type { Cloud } from '../../operations/cloud.ts'
import { findVpcChannelIds } from '../../operations/find-vpc-channel-ids.ts'
import type { OperationContext } from '../../operations/operation-context.ts'
import { showVpcChannel, type VpcChannelKey } from '../../operations/show-vpc-channel.ts'
import type { VpcChannel } from '../../translation/vpc-channel.ts'

type ChannelName = Pick<VpcChannel, 'projectId' | 'instanceId' | 'name'>

/** What one request has read so far. Never shared: two callers may not see each other's answers. */
export interface Loaders {
  /** A channel with its members and its health check. */
  readonly channel: DataLoader<VpcChannelKey, VpcChannel | null, string>
  /** A ROMA Connect channel's id by its name. */
  readonly idByName: DataLoader<ChannelName, string | null, string>
  /** Forgets everything: after a write, what was read before it is stale. */
  readonly forget: () => void
}

export function createLoaders(cloud: Cloud, context: OperationContext): Loaders {
  const channel = new DataLoader<VpcChannelKey, VpcChannel | null, string>(
    (keys) => Promise.all(keys.map((key) => showVpcChannel(cloud, key, context).catch(asError))),
    { cacheKeyFn: (key) => `${key.product} ${key.projectId} ${key.instanceId} ${key.id}` },
  )
  const idByName = new DataLoader<ChannelName, string | null, string>(
    async (channels) => {
      const byName = Map.groupBy(channels, ({ projectId, name }) => `${projectId} ${name}`)
      const ids = new Map<ChannelName, string | null | Error>()
      await Promise.all(
        [...byName.values()].map(async (group) => {
          const found = group[0] && (await findVpcChannelIds(cloud, group[0], context).catch(asError))
          for (const one of group)
            ids.set(one, found instanceof Error ? found : (found?.get(one.instanceId) ?? null))
        }),
      )
      return channels.map((one) => ids.get(one) ?? null)
    },
    { cacheKeyFn: ({ projectId, instanceId, name }) => `${projectId} ${instanceId} ${name}` },
  )
  return {
    channel,
    idByName,
    forget: () => {
      channel.clearAll()
      idByName.clearAll()
    },
  }
}

/** A loader takes failures as values, so that one of a batch does not fail the others. */
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
