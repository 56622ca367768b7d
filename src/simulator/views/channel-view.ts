import type { Channel } from '../cloud/channel.ts'
import { TYPES } from '../cloud/channel-kind.ts'
import type { Instance } from '../cloud/seed.ts'
import type { JsonObject } from '../http/json.ts'
import { groupView } from './group-view.ts'
import { healthConfigView } from './health-config-view.ts'
import { memberView } from './member-view.ts'
import { microserviceView } from './microservice-view.ts'
import type { ViewContext } from './view-context.ts'

const NORMAL = 1

/** A create's and a list's answer: Table 11 of the APIG page, without servers and health check. */
export function channelView(channel: Channel, context: ViewContext): JsonObject {
  return {
    name: channel.name,
    id: channel.id,
    balance_strategy: channel.balance_strategy,
    dict_code: channel.dict_code,
    create_time: context.spellTime(channel.createTime),
    member_type: channel.member_type,
    port: channel.port,
    status: NORMAL,
    member_groups: channel.groups.map((group) => groupView(group, context)),
    type: TYPES[channel.kind],
    ...(context.edition === 'current' && { vpc_channel_type: channel.kind }),
    microservice_info: microserviceView(channel, context),
  }
}

export function channelDetailView(channel: Channel, context: ViewContext): JsonObject {
  const { healthConfig } = channel
  // The newer example of a microservice channel has no servers, not even none.
  const hasMembers =
    context.edition === 'pages' || channel.kind !== 'microservice' || channel.members.length > 0
  return {
    ...channelView(channel, context),
    ...(hasMembers && { members: channel.members.map((member) => memberView(member, channel, context)) }),
    ...(healthConfig && { vpc_health_config: healthConfigView(healthConfig, channel, context) }),
  }
}

/** Table 8 of the ROMA page, whole: its example leaves fields out. */
export function projectChannelDetailView(
  channel: Channel,
  instance: Instance,
  context: ViewContext,
): JsonObject {
  return { ...channelDetailView(channel, context), ...instanceFields(instance) }
}

export function projectChannelView(channel: Channel, instance: Instance, context: ViewContext): JsonObject {
  return { ...channelView(channel, context), ...instanceFields(instance) }
}

function instanceFields(instance: Instance): JsonObject {
  return { instance_id: instance.id, instance_name: instance.name }
}
