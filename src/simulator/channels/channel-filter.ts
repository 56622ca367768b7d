import type { Channel, Member } from '../cloud/channel.ts'
import type { Rules } from '../validation/rules.ts'
import { memberHost } from '../views/member-view.ts'
import { textMatch } from './text-match.ts'

/** The list parameters `id`, `name`, `member_host`, … as one predicate. Text matches in part unless `precise_search` names it. */
export function channelFilter(
  { cloud, product }: Rules,
  query: URLSearchParams,
): (channel: Channel) => boolean {
  const { seed } = cloud
  const { matchesText, matchesExactly } = textMatch(query)
  const kind = cloud.edition === 'current' && product === 'APIG' ? query.get('vpc_channel_type') : undefined
  const matchesMember = (channel: Channel, member: Member): boolean =>
    matchesExactly('member_host', memberHost(member, channel, seed)) &&
    matchesExactly('member_port', String(member.port || channel.port))
  const asksForMember = query.has('member_host') || query.has('member_port')
  const asksForGroup = query.has('member_group_name') || query.has('member_group_id')

  return (channel) =>
    matchesExactly('id', channel.id) &&
    matchesText('name', channel.name) &&
    matchesExactly('dict_code', channel.dict_code) &&
    (!kind || channel.kind === kind) &&
    (!asksForMember || channel.members.some((member) => matchesMember(channel, member))) &&
    (!asksForGroup ||
      channel.groups.some(
        (group) =>
          matchesText('member_group_name', group.member_group_name) &&
          matchesExactly('member_group_id', group.id),
      ))
}
