import type { Channel } from './channel.ts'
import type { ChannelRequest } from './channel-request.ts'
import { mergeGroups, mergeMembers, mergeMicroservice } from './merge-parts.ts'
import { newId } from './new-id.ts'
import type { Product } from './seed.ts'
import type { Timestamp } from './timestamp.ts'

/**
 * Both products remove the groups that a PUT leaves out. For a PUT without servers APIG removes all servers, ROMA Connect keeps
 * them. The pages do not say what happens to a health check or a dictionary code that a PUT leaves out: it stays. A PUT with
 * another type succeeds, and the channel keeps its type: the ROMA page of 2025-12-18. Reference channels have no servers.
 */
export function updateChannel(
  product: Product,
  channel: Channel,
  request: ChannelRequest,
  now: Timestamp,
): Channel {
  const wantedMembers = channel.kind === 'reference' ? [] : (request.members ?? [])
  const keepsMembers = product === 'ROMA_CONNECT' && wantedMembers.length === 0
  const health = request.vpc_health_config
  const { id, createTime } = channel.healthConfig ?? { id: newId(), createTime: now }
  return {
    ...channel,
    name: request.name,
    port: request.port,
    balance_strategy: request.balance_strategy,
    member_type: request.member_type,
    dict_code: request.dict_code ?? channel.dict_code,
    groups: mergeGroups(channel.groups, request.member_groups ?? [], now),
    members: keepsMembers ? channel.members : mergeMembers(channel.members, wantedMembers, now),
    healthConfig: health ? { ...health, id, createTime } : channel.healthConfig,
    microservice:
      channel.kind === 'microservice'
        ? mergeMicroservice(channel.microservice, request.microservice_info, now)
        : undefined,
  }
}
