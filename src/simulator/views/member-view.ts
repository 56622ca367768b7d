import type { Channel, Member } from '../cloud/channel.ts'
import type { Seed } from '../cloud/seed.ts'
import type { JsonObject } from '../http/json.ts'
import type { ViewContext } from './view-context.ts'

const AVAILABLE = 1

/** A server given by its ECS id has the address of that ECS. */
export function memberHost(member: Member, channel: Channel, seed: Seed): string {
  if (channel.member_type === 'ip') return member.host ?? ''
  return seed.servers.find(({ id }) => id === member.ecs_id)?.privateIp ?? ''
}

export interface MemberView extends JsonObject {
  readonly ecs_name: string
  readonly member_group_name: string
  readonly member_group_id: string
}

export function memberView(member: Member, channel: Channel, context: ViewContext): MemberView {
  const { seed, spellTime, edition, product } = context
  const host = memberHost(member, channel, seed)
  const group = channel.groups.find(({ member_group_name }) => member_group_name === member.member_group_name)
  return {
    host,
    weight: member.weight ?? group?.member_group_weight ?? 1,
    is_backup: member.is_backup ?? false,
    member_group_name: group?.member_group_name ?? '',
    status: member.status ?? AVAILABLE,
    // A port that was sent as 0 reads back as the channel's port.
    port: member.port || channel.port,
    // A server given by its address reads back with that address as its ECS id and name.
    ecs_id: member.ecs_id ?? host,
    ecs_name: member.ecs_name ?? host,
    id: member.id,
    vpc_channel_id: channel.id,
    create_time: spellTime(member.createTime),
    member_group_id: group?.id ?? '',
    // Nothing is behind the addresses: a server that is checked is healthy.
    ...(edition === 'current' &&
      product === 'APIG' && { health_status: channel.healthConfig ? 'healthy' : 'unknown' }),
  }
}
