import type { Cloud } from './cloud.ts'
import type { Instance } from './seed.ts'

interface ChannelQuota {
  readonly limit: number
  readonly used: number
}

/** `VPC_NUM_LIMIT`: ROMA Connect counts the channels per instance, APIG per user. */
export function channelQuota(cloud: Cloud, instance: Instance): ChannelQuota {
  const { apigChannelsPerUser, romaChannelsPerInstance } = cloud.seed.limits
  if (instance.product === 'ROMA_CONNECT') {
    return {
      limit: instance.channelLimit ?? romaChannelsPerInstance,
      used: cloud.channelsOf(instance).length,
    }
  }
  const instances = cloud.instancesOf(instance.projectId, 'APIG')
  const used = instances.reduce((sum, each) => sum + cloud.channelsOf(each).length, 0)
  return { limit: apigChannelsPerUser, used }
}
