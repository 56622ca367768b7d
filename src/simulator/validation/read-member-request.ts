import type { Channel } from '../cloud/channel.ts'
import type { MemberRequest } from '../cloud/channel-request.ts'
import type { Call } from '../http/exchange.ts'
import { parameterRefused } from '../refusals.ts'
import { checkMembers } from './check-members.ts'
import type { FieldTable } from './field-table.ts'
import { MEMBER_IDS_TABLE, memberCreateTable, memberModifyTable } from './member-tables.ts'
import { readBody } from './read-body.ts'
import type { Rules } from './rules.ts'

interface MembersRequest {
  readonly members?: readonly MemberRequest[]
  readonly member_group_name?: string
}

export function readMembersToAdd(rules: Rules, call: Call, channel: Channel): readonly MemberRequest[] {
  const table = memberCreateTable(rules.cloud.edition, rules.product)
  return read(rules, call, channel, table).members ?? []
}

export function readMembersToReplace(rules: Rules, call: Call, channel: Channel): MembersRequest {
  return read(rules, call, channel, memberModifyTable(rules.cloud.edition, rules.product))
}

function read(rules: Rules, call: Call, channel: Channel, table: FieldTable): MembersRequest {
  // The table just checked is this type, row by row.
  const request = readBody(rules, call, table) as MembersRequest
  const groupNames = channel.groups.map((group) => group.member_group_name)
  if (request.member_group_name && !groupNames.includes(request.member_group_name)) {
    throw parameterRefused('invalid', 'member_group_name')
  }
  checkMembers(rules, channel.member_type, request.members ?? [], groupNames)
  return request
}

export function readMemberIds(rules: Rules, call: Call): readonly string[] {
  const { member_ids: ids } = readBody(rules, call, MEMBER_IDS_TABLE) as { member_ids?: readonly string[] }
  return ids ?? []
}
