import { isDeepStrictEqual } from 'node:util'
import type { Channel, MemberGroup } from './channel.ts'
import type { MemberGroupRequest } from './channel-request.ts'
import { mergeGroups } from './merge-parts.ts'
import type { Timestamp } from './timestamp.ts'

/** Updates the groups of these names and adds the others. Of two of the same name the first counts. */
export function addGroups(
  { groups }: Channel,
  wanted: readonly MemberGroupRequest[],
  now: Timestamp,
): MemberGroup[] {
  const byName = new Map(wanted.toReversed().map((request) => [request.member_group_name, request]))
  const first = wanted.filter((request) => byName.get(request.member_group_name) === request)
  const merged = mergeGroups(groups, first, now)
  const written = new Map(merged.map((group) => [group.id, group]))
  const added = merged.filter(({ id }) => !groups.some((group) => group.id === id))
  return [...groups.map((group) => written.get(group.id) ?? group), ...added]
}

/** Replaces all of a group but its id. Its servers stay in it, whatever its new name. */
export function updateGroup(
  channel: Channel,
  { id, createTime, updateTime, ...present }: MemberGroup,
  request: MemberGroupRequest,
  now: Timestamp,
): Channel {
  const updated = {
    ...request,
    id,
    createTime,
    updateTime: isDeepStrictEqual(present, request) ? updateTime : now,
  }
  return {
    ...channel,
    groups: channel.groups.map((group) => (group.id === id ? updated : group)),
    members: channel.members.map((member) =>
      member.member_group_name === present.member_group_name
        ? { ...member, member_group_name: request.member_group_name }
        : member,
    ),
  }
}

/** The vendor does not say what becomes of the group's servers: they stay, in no group. */
export function removeGroup(channel: Channel, { id, member_group_name: name }: MemberGroup): Channel {
  return {
    ...channel,
    groups: channel.groups.filter((group) => group.id !== id),
    members: channel.members.map((member) =>
      member.member_group_name === name ? { ...member, member_group_name: '' } : member,
    ),
  }
}
