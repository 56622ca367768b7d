import { channelQuota } from '../cloud/channel-quota.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { Instance } from '../cloud/seed.ts'
import { channelNameTaken, channelQuotaReached } from '../refusals.ts'
import type { InstanceScope } from './instance-scope.ts'

export function assertNameFree({ cloud, instance }: InstanceScope, name: string): void {
  if (cloud.channelNamed(instance, name)) throw channelNameTaken(name)
}

export function assertQuota(cloud: Cloud, instance: Instance): void {
  const { limit, used } = channelQuota(cloud, instance)
  if (used >= limit) throw channelQuotaReached(limit)
}
