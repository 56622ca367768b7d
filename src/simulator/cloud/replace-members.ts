import type { Channel, Member } from './channel.ts'
import type { MemberRequest } from './channel-request.ts'
import { mergeMembers } from './merge-parts.ts'
import type { Timestamp } from './timestamp.ts'

/** Replaces all servers or, with a group, those of the group: servers of other groups stay, and those sent are not read. */
export function replaceMembers(
  channel: Channel,
  wanted: readonly MemberRequest[],
  groupName: string | undefined,
  now: Timestamp,
): Member[] {
  if (!groupName) return mergeMembers(channel.members, wanted, now)
  const isOfGroup = (member: MemberRequest): boolean => member.member_group_name === groupName
  return [
    ...channel.members.filter((member) => !isOfGroup(member)),
    ...mergeMembers(channel.members.filter(isOfGroup), wanted.filter(isOfGroup), now),
  ]
}
