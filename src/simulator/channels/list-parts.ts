import type { Channel } from '../cloud/channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import type { PathParameters } from '../http/route.ts'
import { memberGroupNotFound } from '../refusals.ts'
import { groupView } from '../views/group-view.ts'
import { memberView } from '../views/member-view.ts'
import { viewContext } from '../views/view-context.ts'
import type { InstanceScope } from './instance-scope.ts'
import { pageOf } from './page-of.ts'

/** `GET …/vpc-channels/{vpc_channel_id}/members` */
export function listMembers(call: Call, { cloud, product }: InstanceScope, channel: Channel): Answer {
  const context = viewContext(call, cloud, product)
  const page = pageOf(channel.members, call.query)
  const members = page.map((member) => memberView(member, channel, context))
  return { status: 200, body: { size: members.length, total: channel.members.length, members } }
}

/** `GET …/vpc-channels/{vpc_channel_id}/member-groups` */
export function listMemberGroups(call: Call, { cloud, product }: InstanceScope, channel: Channel): Answer {
  const context = viewContext(call, cloud, product)
  const page = pageOf(channel.groups, call.query)
  const groups = page.map((group) => groupView(group, context))
  return { status: 200, body: { size: groups.length, total: channel.groups.length, member_groups: groups } }
}

/** `GET …/vpc-channels/{vpc_channel_id}/member-groups/{member_group_id}` */
export function showMemberGroup(
  call: Call,
  { cloud, product }: InstanceScope,
  channel: Channel,
  parameters: PathParameters,
): Answer {
  const id = parameters['member_group_id'] ?? ''
  const group = channel.groups.find((candidate) => candidate.id === id)
  if (!group) throw memberGroupNotFound(id)
  return { status: 200, body: groupView(group, viewContext(call, cloud, product)) }
}
