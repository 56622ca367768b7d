import { MICROSERVICE_CHANNEL, TYPES } from '../cloud/channel-kind.ts'
import type { ChannelKind, ChannelRequest } from '../cloud/channel-request.ts'
import { parameterMissing, parameterRefused } from '../refusals.ts'
import { checkGroups } from './check-groups.ts'
import { checkHealthConfig } from './check-health-config.ts'
import { checkMembers } from './check-members.ts'
import { checkMicroservice } from './check-microservice.ts'
import type { Rules } from './rules.ts'

/** The rules about several fields, which are in the pages' text and not in their tables. Answers the kind that is asked for. */
export function checkChannel(rules: Rules, request: ChannelRequest): ChannelKind {
  const kind = checkedKind(rules, request)
  const { member_groups: groups = [], members = [], vpc_health_config: health } = request
  const names = groups.map((group) => group.member_group_name)
  if (new Set(names).size < names.length) throw parameterRefused('invalid', 'member_group_name')
  checkGroups(kind, groups)
  if (kind !== 'reference') {
    checkMembers(rules, request.member_type, members, request.member_groups && names)
  }
  if (health) checkHealthConfig(rules, health)
  const info = request.microservice_info
  if (kind === 'microservice' && !info) throw parameterMissing(rules.product, 'microservice_info')
  if (kind !== 'microservice' && info) throw parameterRefused('invalid', 'microservice_info')
  if (info) checkMicroservice(rules.product, info)
  return kind
}

/** Refuses a request that contradicts itself. */
function checkedKind({ cloud }: Rules, request: ChannelRequest): ChannelKind {
  const { type = 0, vpc_channel_type: named, microservice_info: info } = request
  if (type === 1) throw parameterRefused('invalid', 'type')
  if (named) {
    if (type !== 0 && type !== TYPES[named]) throw parameterRefused('invalid', 'vpc_channel_type')
    return named
  }
  // Today's rules take a channel of type 3 without a microservice for a channel of servers.
  return type === MICROSERVICE_CHANNEL && (info || cloud.edition === 'pages') ? 'microservice' : 'builtin'
}
