import type { Channel, MemberGroup } from '../cloud/channel.ts'
import type { PathParameters } from '../http/route.ts'
import { memberGroupNotFound } from '../refusals.ts'

export function findGroup(channel: Channel, parameters: PathParameters): MemberGroup {
  const id = parameters['member_group_id'] ?? ''
  const group = channel.groups.find((candidate) => candidate.id === id)
  if (!group) throw memberGroupNotFound(id)
  return group
}
