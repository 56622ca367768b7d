import { isObject, type JsonObject, readInteger, readText } from '../translation/read-json.ts'
import type { VpcChannel, VpcChannelProduct } from '../translation/vpc-channel.ts'
import { readVpcChannel } from '../translation/vpc-channel-response.ts'
import type { ChannelListQuery } from '../upstream/channel-list-query.ts'
import { projectId } from '../upstream/ids.ts'
import * as api from '../upstream/instance-channels-api.ts'
import * as roma from '../upstream/roma/roma-api.ts'
import type { UpstreamSuccess } from '../upstream/upstream-client.ts'
import { unreadable } from '../upstream/upstream-failure.ts'
import { idFaults } from './argument-faults.ts'
import { channelInstance } from './channel-instance.ts'
import type { Cloud } from './cloud.ts'
import type { AnswerTimes } from './cloud-time.ts'
import { explained } from './explain.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import { refuseFaults } from './refuse-faults.ts'

/** The most that one list call answers. */
export const LONGEST_PART = 500

/** Part of a list: from an offset on, as many as one call answers at the most. */
export interface ListPart {
  readonly offset: number
  readonly limit: number
}

/** A channel of a part, and its place in it: what cannot be read leaves its place empty. */
export interface ListedChannel {
  readonly place: number
  readonly channel: VpcChannel
}

/** The channels of a part, how many items it came with, how many the whole list has, and when it was answered. */
export interface ChannelList {
  readonly channels: readonly ListedChannel[]
  readonly received: number
  readonly total: number
  readonly times: AnswerTimes
}

/** Lists part of an instance's channels, without members and health checks. */
export async function listVpcChannels(
  cloud: Cloud,
  of: { readonly product: VpcChannelProduct; readonly projectId: string; readonly instanceId: string },
  query: ChannelListQuery,
  context: OperationContext,
): Promise<ChannelList> {
  const caller = callContext(context)
  refuseFaults(idFaults({ projectId: of.projectId, instanceId: of.instanceId }))
  const { client, instance } = channelInstance(cloud, of)
  return explained(
    api
      .listVpcChannels(client, instance, query, caller)
      .then((success) => readList(success, 'vpc_channels', () => of, context)),
    { kind: 'READ', placeOf: () => null },
  )
}

/** Lists part of a project's ROMA Connect channels, over all its instances. */
export async function listProjectVpcChannels(
  cloud: Cloud,
  of: { readonly projectId: string; readonly withMembers: boolean },
  query: ChannelListQuery,
  context: OperationContext,
): Promise<ChannelList> {
  const caller = callContext(context)
  refuseFaults(idFaults({ projectId: of.projectId }))
  const project = projectId(of.projectId)
  const asked = of.withMembers ? { ...query, members_return: true } : query
  const originOf = (item: JsonObject) => ({
    product: 'ROMA_CONNECT' as const,
    projectId: project,
    instanceId: readText(item['instance_id']) ?? '',
  })
  return explained(
    roma
      .listProjectVpcChannels(cloud.roma, project, asked, caller)
      .then((success) => readList(success, 'project_vpc_channels', originOf, context))
      .then((list) => (of.withMembers ? { ...list, channels: list.channels.map(asWhole) } : list)),
    { kind: 'READ', placeOf: () => null },
  )
}

/** Where members came along, a health check that did not is not there. */
const asWhole = ({ place, channel }: ListedChannel): ListedChannel => ({
  place,
  channel: channel.members === undefined ? channel : { ...channel, healthCheck: channel.healthCheck ?? null },
})

function readList(
  success: UpstreamSuccess,
  key: string,
  originOf: (item: JsonObject) => Omit<Parameters<typeof readVpcChannel>[1], 'name'>,
  context: OperationContext,
): ChannelList {
  const list = isObject(success.body) ? success.body[key] : undefined
  if (!isObject(success.body) || !Array.isArray(list)) throw unreadable(success)
  const channels = list.flatMap((item: unknown, place) => {
    const channel = isObject(item) ? readVpcChannel(item, originOf(item), context.noteUnknown) : null
    return channel?.id === undefined || channel.instanceId === '' ? [] : [{ place, channel }]
  })
  const total = readInteger(success.body['total']) ?? list.length
  return { channels, received: list.length, total, times: timesOf(success) }
}

function timesOf({ headers }: UpstreamSuccess): AnswerTimes {
  const answeredAt = Date.parse(headers.get('date') ?? '')
  return { answeredAt: Number.isNaN(answeredAt) ? null : answeredAt, readAt: Date.now() }
}
