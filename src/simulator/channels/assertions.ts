import type { Channel } from '../cloud/channel.ts'
import { channelQuota } from '../cloud/channel-quota.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { Instance } from '../cloud/seed.ts'
import { channelNameTaken, channelQuotaReached, channelReferenced, channelUsedByApi } from '../refusals.ts'
import type { InstanceScope } from './instance-scope.ts'

export function assertNameFree({ cloud, instance }: InstanceScope, name: string): void {
  if (cloud.channelNamed(instance, name)) throw channelNameTaken(name)
}

export function assertQuota(cloud: Cloud, instance: Instance): void {
  const { limit, used } = channelQuota(cloud, instance)
  if (used >= limit) throw channelQuotaReached(limit)
}

/** A channel stays as long as an API or another channel uses it. */
export function assertUnused(cloud: Cloud, instance: Instance, { id }: Channel): void {
  if (cloud.apisOf(instance).some(({ channelId }) => channelId === id)) throw channelUsedByApi(id)
  const others = cloud.channelsOf(instance).filter((channel) => channel.id !== id)
  const isReferenced = others.some(({ groups }) =>
    groups.some((group) => group.reference_vpc_channel_id === id),
  )
  if (isReferenced) throw channelReferenced(id)
}
