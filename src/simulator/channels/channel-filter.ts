import type { Channel, Member } from '../cloud/channel.ts'
import type { Seed } from '../cloud/seed.ts'
import { memberHost } from '../views/member-view.ts'

/** The list parameters `id`, `name`, `member_host`, … as one predicate. Text matches in part unless `precise_search` names it. */
export function channelFilter(query: URLSearchParams, seed: Seed): (channel: Channel) => boolean {
  const precise = new Set((query.get('precise_search') ?? '').split(','))
  const matchesText = (parameter: string, text: string): boolean => {
    const wanted = query.get(parameter)
    if (!wanted) return true
    return precise.has(parameter) ? text === wanted : text.includes(wanted)
  }
  const matchesExactly = (parameter: string, text: string): boolean => {
    const wanted = query.get(parameter)
    return !wanted || text === wanted
  }
  const matchesMember = (channel: Channel, member: Member): boolean =>
    matchesExactly('member_host', memberHost(member, channel, seed)) &&
    matchesExactly('member_port', String(member.port || channel.port))
  const asksForMember = query.has('member_host') || query.has('member_port')
  const asksForGroup = query.has('member_group_name') || query.has('member_group_id')

  return (channel) =>
    matchesExactly('id', channel.id) &&
    matchesText('name', channel.name) &&
    (!asksForMember || channel.members.some((member) => matchesMember(channel, member))) &&
    (!asksForGroup ||
      channel.groups.some(
        (group) =>
          matchesText('member_group_name', group.member_group_name) &&
          matchesExactly('member_group_id', group.id),
      ))
}
