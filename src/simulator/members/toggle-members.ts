import type { InstanceScope } from '../channels/instance-scope.ts'
import type { Channel } from '../cloud/channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { parameterRefused } from '../refusals.ts'
import { readMemberIds } from '../validation/read-member-request.ts'
import { assertHasMembers } from './write-members.ts'

type Act = (call: Call, scope: InstanceScope, channel: Channel) => Answer

/** `POST …/vpc-channels/{vpc_channel_id}/members/batch-enable` */
export const enableMembers: Act = withStatus(1)

/** `POST …/vpc-channels/{vpc_channel_id}/members/batch-disable` */
export const disableMembers: Act = withStatus(2)

/** The vendor does not say what happens to unknown ids. APIG documents a 400 that names `id`, ROMA Connect documents none. */
function withStatus(status: number): Act {
  return (call, scope, channel) => {
    assertHasMembers(channel)
    const ids = readMemberIds(scope, call)
    const isUnknown = (id: string): boolean => !channel.members.some((member) => member.id === id)
    if (scope.product === 'APIG' && ids.some(isUnknown)) throw parameterRefused('invalid', 'id')
    const members = channel.members.map((member) =>
      ids.includes(member.id) ? { ...member, status } : member,
    )
    scope.cloud.put({ ...channel, members })
    return { status: 204 }
  }
}
