import type { InstanceScope } from '../channels/instance-scope.ts'
import { addMembers } from '../cloud/add-members.ts'
import type { Channel } from '../cloud/channel.ts'
import { replaceMembers } from '../cloud/replace-members.ts'
import type { Timestamp } from '../cloud/timestamp.ts'
import type { Answer, Call } from '../http/exchange.ts'
import type { PathParameters } from '../http/route.ts'
import { channelKindUnfit, memberNotFound, memberQuotaReached } from '../refusals.ts'
import { readMembersToAdd, readMembersToReplace } from '../validation/read-member-request.ts'
import { memberView } from '../views/member-view.ts'
import { viewContext } from '../views/view-context.ts'

/** `POST …/vpc-channels/{vpc_channel_id}/members`: adds or updates servers. */
export function addToChannel(call: Call, scope: InstanceScope, channel: Channel): Answer {
  assertHasMembers(channel)
  const wanted = readMembersToAdd(scope, call, channel)
  const now = scope.cloud.timestamp()
  return answer(201, call, scope, { ...channel, members: addMembers(channel, wanted, now) }, now)
}

/** `PUT …/vpc-channels/{vpc_channel_id}/members`: replaces the servers of the channel or of a group. */
export function replaceInChannel(call: Call, scope: InstanceScope, channel: Channel): Answer {
  assertHasMembers(channel)
  const { members = [], member_group_name: groupName } = readMembersToReplace(scope, call, channel)
  const now = scope.cloud.timestamp()
  return answer(
    200,
    call,
    scope,
    { ...channel, members: replaceMembers(channel, members, groupName, now) },
    now,
  )
}

/** `DELETE …/vpc-channels/{vpc_channel_id}/members/{member_id}` */
export function deleteMember(
  _: Call,
  { cloud }: InstanceScope,
  channel: Channel,
  parameters: PathParameters,
): Answer {
  assertHasMembers(channel)
  const id = parameters['member_id'] ?? ''
  const members = channel.members.filter((member) => member.id !== id)
  if (members.length === channel.members.length) throw memberNotFound(id)
  cloud.put({ ...channel, members })
  return { status: 204 }
}

/** A reference channel has the servers of the channels that it refers to. */
export function assertHasMembers({ kind, id }: Channel): void {
  if (kind === 'reference') throw channelKindUnfit(id)
}

/** All servers of the channel: clients must search for theirs, as on the live service. */
function answer(
  status: number,
  call: Call,
  { cloud, product }: InstanceScope,
  wanted: Channel,
  now: Timestamp,
): Answer {
  const { serversPerChannel } = cloud.seed.limits
  if (wanted.members.length > serversPerChannel) throw memberQuotaReached(serversPerChannel)
  const channel = cloud.put(wanted)
  const context = viewContext(call, cloud, product, now)
  const members = channel.members.map((member) => memberView(member, channel, context))
  return { status, body: { size: members.length, total: members.length, members } }
}
