import type { Channel, Member } from './channel.ts'
import type { MemberRequest } from './channel-request.ts'
import { newId } from './new-id.ts'
import type { Timestamp } from './timestamp.ts'

/**
 * Updates the servers that the channel has and adds the others. A server is known by its group, address and port: the unique
 * index that Terraform's maintainers name. Of two with the same the first counts. The weight of a server does not change where
 * its group has a weight.
 */
export function addMembers(channel: Channel, wanted: readonly MemberRequest[], now: Timestamp): Member[] {
  const keyOf = memberKey(channel)
  const requests = new Map(wanted.toReversed().map((request) => [keyOf(request), request]))
  const present = new Set(channel.members.map(keyOf))
  const kept = channel.members.map((member) => updated(channel, member, requests.get(keyOf(member))))
  const added = [...requests].filter(([key]) => !present.has(key)).map(([, request]) => request)
  return [...kept, ...added.toReversed().map((request) => ({ ...request, id: newId(), createTime: now }))]
}

function memberKey({ port }: Channel): (member: MemberRequest) => string {
  return (member) =>
    JSON.stringify([
      member.member_group_name ?? '',
      member.ecs_id ?? '',
      // The host of a server of ECS is that of its ECS, whatever the request says.
      member.ecs_id ? '' : (member.host ?? ''),
      member.port || port,
    ])
}

function updated(channel: Channel, member: Member, request: MemberRequest | undefined): Member {
  if (!request) return member
  const group = channel.groups.find(({ member_group_name }) => member_group_name === member.member_group_name)
  const { weight, ...others } =
    group?.member_group_weight === undefined ? request : { ...request, weight: member.weight }
  return {
    ...others,
    ...(weight !== undefined && { weight }),
    id: member.id,
    createTime: member.createTime,
  }
}
