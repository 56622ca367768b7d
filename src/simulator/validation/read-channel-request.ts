import type { ChannelRequest, ProjectChannelRequest } from '../cloud/channel-request.ts'
import type { Call } from '../http/exchange.ts'
import { channelTable, projectChannelTable } from './channel-tables.ts'
import { checkChannel } from './check-channel.ts'
import { checkInstanceIds } from './check-instance-ids.ts'
import type { FieldTable } from './field-table.ts'
import { readBody } from './read-body.ts'
import type { Rules } from './rules.ts'

export function readChannelRequest(rules: Rules, call: Call): ChannelRequest {
  return read<ChannelRequest>(rules, call, channelTable(rules.cloud.edition, rules.product))
}

export function readProjectChannelRequest(rules: Rules, call: Call): ProjectChannelRequest {
  const request = read<ProjectChannelRequest>(rules, call, projectChannelTable(rules.cloud.edition))
  checkInstanceIds(rules, request.instance_ids)
  return request
}

function read<Request extends ChannelRequest>(rules: Rules, call: Call, table: FieldTable): Request {
  // Servers are those of ECS where the edition lets a request leave the type of its servers out. The table just checked is
  // this type, row by row.
  const request = { member_type: 'ecs', ...readBody(rules, call, table) } as unknown as Request
  return { ...request, vpc_channel_type: checkChannel(rules, request) }
}
