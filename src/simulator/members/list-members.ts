import type { InstanceScope } from '../channels/instance-scope.ts'
import { pageOf } from '../channels/page-of.ts'
import { textMatch } from '../channels/text-match.ts'
import type { Channel } from '../cloud/channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { type MemberView, memberView } from '../views/member-view.ts'
import { viewContext } from '../views/view-context.ts'

/** `GET …/vpc-channels/{vpc_channel_id}/members` */
export function listMembers(call: Call, scope: InstanceScope, channel: Channel): Answer {
  const context = viewContext(call, scope.cloud, scope.product)
  const found = channel.members
    .map((member) => memberView(member, channel, context))
    .filter(memberFilter(call.query))
  const members = pageOf(scope, found, call.query)
  return { status: 200, body: { size: members.length, total: found.length, members } }
}

/** `name` is the name of the cloud server. */
function memberFilter(query: URLSearchParams): (member: MemberView) => boolean {
  const { matchesText, matchesExactly } = textMatch(query)
  return (member) =>
    matchesText('name', member.ecs_name) &&
    matchesText('member_group_name', member.member_group_name) &&
    matchesExactly('member_group_id', member.member_group_id)
}
