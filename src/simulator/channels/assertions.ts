import type { Channel } from '../cloud/channel.ts'
import type { ChannelRequest } from '../cloud/channel-request.ts'
import { channelNameTaken, channelQuotaReached, channelTypeFixed } from '../refusals.ts'
import type { InstanceScope } from './instance-scope.ts'

export function assertNameFree({ cloud, instance }: InstanceScope, name: string): void {
  if (cloud.channelNamed(instance, name)) throw channelNameTaken(name)
}

export function assertTypeKept(channel: Channel, request: ChannelRequest): void {
  if (request.type !== undefined && request.type !== channel.type) throw channelTypeFixed(channel.name)
}

export function assertQuota({ cloud, product, instance }: InstanceScope): void {
  if (product !== 'apig') return
  const quota = cloud.seed.limits.apigChannelsPerUser
  const instances = cloud.instancesOf(instance.projectId, product)
  if (cloud.channelsOf(instances).length >= quota) throw channelQuotaReached(quota)
}
