import type { Channel } from './channel.ts'
import { kindOf } from './channel-kind.ts'
import type { ChannelRequest } from './channel-request.ts'
import { mergeGroups, mergeMembers, mergeMicroservice } from './merge-parts.ts'
import { newId } from './new-id.ts'
import type { Timestamp } from './timestamp.ts'

/** The servers of a request for a reference channel are not used. */
export function createChannel(instanceId: string, request: ChannelRequest, now: Timestamp): Channel {
  const healthConfig = request.vpc_health_config
  const kind = kindOf(request)
  return {
    id: newId(),
    instanceId,
    createTime: now,
    kind,
    name: request.name,
    port: request.port,
    balance_strategy: request.balance_strategy,
    member_type: request.member_type,
    dict_code: request.dict_code ?? '',
    groups: mergeGroups([], request.member_groups ?? [], now),
    members: kind === 'reference' ? [] : mergeMembers([], request.members ?? [], now),
    healthConfig: healthConfig && { ...healthConfig, id: newId(), createTime: now },
    microservice: mergeMicroservice(undefined, request.microservice_info, now),
  }
}
