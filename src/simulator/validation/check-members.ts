import type { MemberRequest } from '../cloud/channel-request.ts'
import { parameterMissing, parameterRefused, serverNotFound } from '../refusals.ts'
import type { Rules } from './rules.ts'

/** @param groupNames the groups that servers may be in; without them any */
export function checkMembers(
  { cloud, product }: Rules,
  memberType: 'ip' | 'ecs',
  members: readonly MemberRequest[],
  groupNames: readonly string[] | undefined,
): void {
  const needed = memberType === 'ip' ? (['host'] as const) : (['ecs_id', 'ecs_name'] as const)
  for (const member of members) {
    for (const name of needed) {
      if (!member[name]) throw parameterMissing(product, name)
    }
    const { member_group_name: groupName, ecs_id: ecsId } = member
    if (groupName && groupNames && !groupNames.includes(groupName)) {
      throw parameterRefused('invalid', 'member_group_name')
    }
    if (memberType === 'ecs' && ecsId && !cloud.seed.servers.some(({ id }) => id === ecsId)) {
      throw serverNotFound(ecsId)
    }
  }
}
