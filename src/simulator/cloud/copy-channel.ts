import type { Channel } from './channel.ts'
import { newId } from './new-id.ts'
import type { Timestamp } from './timestamp.ts'

/** The channel for another instance: with the ids of its groups, which the vendor's example shows to be the same in both. */
export function copyChannel(source: Channel, instanceId: string, now: Timestamp): Channel {
  return {
    ...overwritten(source, source, now),
    id: newId(),
    instanceId,
    createTime: now,
  }
}

/** A channel with all that the source has; its id and age stay. */
export function overwritten(channel: Channel, source: Channel, now: Timestamp): Channel {
  const { id, instanceId, createTime } = channel
  const { members, healthConfig, microservice } = source
  return {
    ...source,
    id,
    instanceId,
    createTime,
    members: members.map((member) => ({ ...member, id: newId(), createTime: now })),
    healthConfig: healthConfig && { ...healthConfig, id: newId(), createTime: now },
    microservice: microservice && { ...microservice, id: newId(), createTime: now, updateTime: now },
  }
}
