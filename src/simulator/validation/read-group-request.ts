import type { Channel } from '../cloud/channel.ts'
import type { MemberGroupRequest } from '../cloud/channel-request.ts'
import type { Call } from '../http/exchange.ts'
import { parameterRefused } from '../refusals.ts'
import { checkGroups } from './check-groups.ts'
import { groupCreateTable, groupTable } from './group-tables.ts'
import { readBody } from './read-body.ts'
import type { Rules } from './rules.ts'

export function readGroups(rules: Rules, call: Call, channel: Channel): readonly MemberGroupRequest[] {
  const body = readBody(rules, call, groupCreateTable(rules.cloud.edition, rules.product))
  // The table just checked is this type, row by row.
  const { member_groups: groups = [] } = body as { member_groups?: readonly MemberGroupRequest[] }
  check(channel, groups)
  return groups
}

export function readGroup(rules: Rules, call: Call, channel: Channel): MemberGroupRequest {
  const body = readBody(rules, call, groupTable(rules.cloud.edition, rules.product))
  const group = body as unknown as MemberGroupRequest
  check(channel, [group])
  return group
}

function check({ kind, microservice }: Channel, groups: readonly MemberGroupRequest[]): void {
  checkGroups(kind, groups)
  const hasWeight = groups.some((group) => group.member_group_weight !== undefined)
  if (microservice?.service_type === 'NACOS' && hasWeight) {
    throw parameterRefused('invalid', 'member_group_weight')
  }
}
