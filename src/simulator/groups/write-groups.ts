import type { InstanceScope } from '../channels/instance-scope.ts'
import { addGroups, removeGroup, updateGroup } from '../cloud/add-groups.ts'
import type { Channel } from '../cloud/channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import type { PathParameters } from '../http/route.ts'
import { parameterRefused } from '../refusals.ts'
import { readGroup, readGroups } from '../validation/read-group-request.ts'
import { groupView } from '../views/group-view.ts'
import { viewContext } from '../views/view-context.ts'
import { findGroup } from './find-group.ts'

/** `POST …/vpc-channels/{vpc_channel_id}/member-groups`: adds or updates by name, and answers these groups. */
export function addGroupsTo(call: Call, scope: InstanceScope, channel: Channel): Answer {
  const wanted = readGroups(scope, call, channel)
  const now = scope.cloud.timestamp()
  const { groups } = scope.cloud.put({ ...channel, groups: addGroups(channel, wanted, now) })
  const context = viewContext(call, scope.cloud, scope.product, now)
  const names = new Set(wanted.map((group) => group.member_group_name))
  const written = [...names]
    .flatMap((name) => groups.filter((group) => group.member_group_name === name))
    .map((group) => groupView(group, context))
  return { status: 201, body: { size: written.length, total: written.length, member_groups: written } }
}

/** `PUT …/vpc-channels/{vpc_channel_id}/member-groups/{member_group_id}` */
export function updateGroupOf(
  call: Call,
  scope: InstanceScope,
  channel: Channel,
  parameters: PathParameters,
): Answer {
  const group = findGroup(channel, parameters)
  const request = readGroup(scope, call, channel)
  const hasName = (other: { readonly member_group_name: string }): boolean =>
    other.member_group_name === request.member_group_name
  if (channel.groups.some((other) => other !== group && hasName(other))) {
    throw parameterRefused('invalid', 'member_group_name')
  }
  const now = scope.cloud.timestamp()
  const updated = scope.cloud.put(updateGroup(channel, group, request, now))
  const context = viewContext(call, scope.cloud, scope.product, now)
  return { status: 200, body: groupView(findGroup(updated, parameters), context) }
}

/** `DELETE …/vpc-channels/{vpc_channel_id}/member-groups/{member_group_id}` */
export function deleteGroup(
  _: Call,
  { cloud }: InstanceScope,
  channel: Channel,
  parameters: PathParameters,
): Answer {
  cloud.put(removeGroup(channel, findGroup(channel, parameters)))
  return { status: 204 }
}
