import type { InstanceScope } from '../channels/instance-scope.ts'
import { pageOf } from '../channels/page-of.ts'
import { textMatch } from '../channels/text-match.ts'
import type { Channel } from '../cloud/channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import type { PathParameters } from '../http/route.ts'
import { groupView } from '../views/group-view.ts'
import { viewContext } from '../views/view-context.ts'
import { findGroup } from './find-group.ts'

/** `GET …/vpc-channels/{vpc_channel_id}/member-groups` */
export function listMemberGroups(call: Call, scope: InstanceScope, channel: Channel): Answer {
  const { matchesText, matchesExactly } = textMatch(call.query)
  const context = viewContext(call, scope.cloud, scope.product)
  const found = channel.groups.filter(
    (group) =>
      matchesText('member_group_name', group.member_group_name) &&
      matchesExactly('dict_code', group.dict_code ?? ''),
  )
  const groups = pageOf(scope, found, call.query).map((group) => groupView(group, context))
  return { status: 200, body: { size: groups.length, total: found.length, member_groups: groups } }
}

/** `GET …/vpc-channels/{vpc_channel_id}/member-groups/{member_group_id}` */
export function showMemberGroup(
  call: Call,
  { cloud, product }: InstanceScope,
  channel: Channel,
  parameters: PathParameters,
): Answer {
  const group = findGroup(channel, parameters)
  return { status: 200, body: groupView(group, viewContext(call, cloud, product)) }
}
