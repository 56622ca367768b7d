import { isDeepStrictEqual } from 'node:util'
import type { Member, MemberGroup, Microservice } from './channel.ts'
import type { MemberGroupRequest, MemberRequest, MicroserviceRequest } from './channel-request.ts'
import { newId } from './new-id.ts'
import type { Timestamp } from './timestamp.ts'

/** A part whose name exists already keeps its id and creation time; parts that the request leaves out are removed. */
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

/** Two backend servers are the same if address, ECS and port are equal; among several the one in the same group comes first. */
export function mergeMembers(
  present: readonly Member[],
  wanted: readonly MemberRequest[],
  now: Timestamp,
): Member[] {
  const left = [...present]
  const inGroup = wanted.map((request) =>
    takeFrom(left, (member) => isSamePlace(member, request) && isSameGroup(member, request)),
  )
  return wanted.map((request, index) => {
    const old = inGroup[index] ?? takeFrom(left, (member) => isSamePlace(member, request))
    return { ...request, id: old?.id ?? newId(), createTime: old?.createTime ?? now }
  })
}

function isSamePlace(one: MemberRequest, other: MemberRequest): boolean {
  return one.host === other.host && one.ecs_id === other.ecs_id && one.port === other.port
}

function isSameGroup(one: MemberRequest, other: MemberRequest): boolean {
  return (one.member_group_name ?? '') === (other.member_group_name ?? '')
}

function takeFrom<Item>(items: Item[], fits: (item: Item) => boolean): Item | undefined {
  const index = items.findIndex(fits)
  return index === -1 ? undefined : items.splice(index, 1)[0]
}

export function mergeMicroservice(
  present: Microservice | undefined,
  wanted: MicroserviceRequest | undefined,
  now: Timestamp,
): Microservice | undefined {
  if (!wanted) return present
  return { ...wanted, id: present?.id ?? newId(), createTime: present?.createTime ?? now, updateTime: now }
}
