import type { Channel } from './channel.ts'
import type { ChannelRequest } from './channel-request.ts'
import { mergeGroups, mergeMembers, mergeMicroservice } from './merge-parts.ts'
import { newId } from './new-id.ts'
import type { Timestamp } from './timestamp.ts'

const SERVER_CHANNEL = 2
export const MICROSERVICE_CHANNEL = 3

export function createChannel(instanceId: string, request: ChannelRequest, now: Timestamp): Channel {
  const healthConfig = request.vpc_health_config
  return {
    id: newId(),
    instanceId,
    createTime: now,
    type: request.type ?? SERVER_CHANNEL,
    name: request.name,
    port: request.port,
    balance_strategy: request.balance_strategy,
    member_type: request.member_type,
    dict_code: request.dict_code ?? '',
    groups: mergeGroups([], request.member_groups ?? [], now),
    members: mergeMembers([], request.members ?? [], now),
    healthConfig: healthConfig && { ...healthConfig, id: newId(), createTime: now },
    microservice: mergeMicroservice(undefined, request.microservice_info, now),
  }
}
