import type { ChannelKind, MemberGroupRequest } from '../cloud/channel-request.ts'
import { parameterRefused } from '../refusals.ts'

const OF_MICROSERVICES = ['microservice_version', 'microservice_port', 'microservice_labels'] as const

/** Refuses what only groups of another kind of channel have. */
export function checkGroups(kind: ChannelKind, groups: readonly MemberGroupRequest[]): void {
  const foreign = [
    ...(kind === 'microservice' ? [] : OF_MICROSERVICES),
    ...(kind === 'reference' ? [] : (['reference_vpc_channel_id'] as const)),
  ]
  for (const group of groups) {
    for (const name of foreign) {
      if (group[name] !== undefined) throw parameterRefused('invalid', name)
    }
  }
}
