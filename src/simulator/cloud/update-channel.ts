import type { Channel } from './channel.ts'
import type { ChannelRequest } from './channel-request.ts'
import { mergeGroups, mergeMembers, mergeMicroservice } from './merge-parts.ts'
import { newId } from './new-id.ts'
import type { Product } from './seed.ts'
import type { Timestamp } from './timestamp.ts'

/**
 * Both products drop the groups that a PUT leaves out. They part over the servers:
 * without any in the body APIG deletes them all and ROMA Connect keeps them all.
 * Of a health check or a dictionary code that is left out the pages say nothing: it stays.
 */
export function updateChannel(
  product: Product,
  channel: Channel,
  request: ChannelRequest,
  now: Timestamp,
): void {
  const wantedMembers = request.members ?? []
  const keepsMembers = product === 'roma' && wantedMembers.length === 0
  channel.name = request.name
  channel.port = request.port
  channel.balance_strategy = request.balance_strategy
  channel.member_type = request.member_type
  channel.dict_code = request.dict_code ?? channel.dict_code
  channel.groups = mergeGroups(channel.groups, request.member_groups ?? [], now)
  if (!keepsMembers) channel.members = mergeMembers(channel.members, wantedMembers, now)
  if (request.vpc_health_config) {
    const { id, createTime } = channel.healthConfig ?? { id: newId(), createTime: now }
    channel.healthConfig = { ...request.vpc_health_config, id, createTime }
  }
  channel.microservice = mergeMicroservice(channel.microservice, request.microservice_info, now)
}
