import { isDeepStrictEqual } from 'node:util'
import type { Member, MemberGroup, Microservice } from './channel.ts'
import type { MemberGroupRequest, MemberRequest, MicroserviceRequest } from './channel-request.ts'
import { newId } from './new-id.ts'
import type { Timestamp } from './timestamp.ts'

/** What is there already under the same name keeps its id and birthday; what is not asked for is gone. */
export function mergeGroups(
  present: readonly MemberGroup[],
  wanted: readonly MemberGroupRequest[],
  now: Timestamp,
): MemberGroup[] {
  return wanted.map((request) => {
    const old = present.find((group) => group.member_group_name === request.member_group_name)
    if (!old) return { ...request, id: newId(), createTime: now, updateTime: now }
    const { id, createTime, updateTime, ...oldRequest } = old
    return {
      ...request,
      id,
      createTime,
      updateTime: isDeepStrictEqual(oldRequest, request) ? updateTime : now,
    }
  })
}

/** A backend server is the same one while its address, ECS and port are. */
export function mergeMembers(
  present: readonly Member[],
  wanted: readonly MemberRequest[],
  now: Timestamp,
): Member[] {
  const left = [...present]
  return wanted.map((request) => {
    const index = left.findIndex(
      (member) =>
        member.host === request.host && member.ecs_id === request.ecs_id && member.port === request.port,
    )
    const [old] = index === -1 ? [] : left.splice(index, 1)
    return { ...request, id: old?.id ?? newId(), createTime: old?.createTime ?? now }
  })
}

export function mergeMicroservice(
  present: Microservice | undefined,
  wanted: MicroserviceRequest | undefined,
  now: Timestamp,
): Microservice | undefined {
  if (!wanted) return present
  return { ...wanted, id: present?.id ?? newId(), createTime: present?.createTime ?? now, updateTime: now }
}
