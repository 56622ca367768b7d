import { FAILED_READ } from '../errors/error-of-failure.ts'
import { projectId } from '../lib/ids.ts'
import type { VpcChannelProduct } from '../lib/products.ts'
import type { ChannelListQuery } from '../upstream/api/channel-list-query.ts'
import * as api from '../upstream/api/instance-channels.ts'
import * as roma from '../upstream/api/roma.ts'
import type { UpstreamSuccess } from '../upstream/client/upstream-response.ts'
import { unreadable } from '../upstream/upstream-failure.ts'
import { isObject, type JsonObject, readCount, readText } from '../vpc-channel/read-json.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import { readVpcChannel } from '../vpc-channel/vpc-channel-response.ts'
import { channelInstance } from './channel-instance.ts'
import type { ResponseTimes } from './cloud-time.ts'
import { mapUpstreamError } from './map-upstream-error.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import type { UpstreamServices } from './upstream-services.ts'
import { throwIfInvalid, validateIds } from './validate.ts'

/** The most channels that one list call returns. */
export const MAX_PART = 500

/** Part of a list: `limit` channels at the most, from an offset on. */
export interface ListPart {
  readonly offset: number
  readonly limit: number
}

/** A channel of a part, and its position in it: what cannot be read leaves its position empty. */
export interface ListedChannel {
  readonly position: number
  readonly channel: VpcChannel
}

/** The channels of a part, how many items it came with, how many the whole list has, and the times of the response. */
export interface ChannelList {
  readonly channels: readonly ListedChannel[]
  readonly received: number
  readonly total: number
  readonly times: ResponseTimes
}

/** Lists part of an instance's channels, without members and health checks. */
export async function listVpcChannels(
  services: UpstreamServices,
  of: { readonly product: VpcChannelProduct; readonly projectId: string; readonly instanceId: string },
  query: ChannelListQuery,
  context: OperationContext,
): Promise<ChannelList> {
  const call = callContext(context)
  throwIfInvalid(validateIds({ projectId: of.projectId, instanceId: of.instanceId }))
  const { client, instance } = channelInstance(services, of)
  return mapUpstreamError(
    api
      .listVpcChannels(client, instance, query, call)
      .then((success) => readList(success, 'vpc_channels', query, () => of, context)),
    FAILED_READ,
  )
}

/** Lists part of a project's ROMA Connect channels, over all its instances. */
export async function listProjectVpcChannels(
  services: UpstreamServices,
  of: { readonly projectId: string; readonly withMembers: boolean },
  query: ChannelListQuery,
  context: OperationContext,
): Promise<ChannelList> {
  const call = callContext(context)
  throwIfInvalid(validateIds({ projectId: of.projectId }))
  const project = projectId(of.projectId)
  const asked = of.withMembers ? { ...query, members_return: true } : query
  const originOf = (item: JsonObject) => ({
    product: 'ROMA_CONNECT' as const,
    projectId: project,
    instanceId: readText(item['instance_id']) ?? '',
  })
  return mapUpstreamError(
    roma
      .listProjectVpcChannels(services.clients.ROMA_CONNECT, project, asked, call)
      .then((success) => readList(success, 'project_vpc_channels', query, originOf, context))
      .then((list) => (of.withMembers ? { ...list, channels: list.channels.map(asWhole) } : list)),
    FAILED_READ,
  )
}

/** Where a response has members and no health check, the channel has no health check. */
const asWhole = ({ position, channel }: ListedChannel): ListedChannel => ({
  position,
  channel: channel.members === undefined ? channel : { ...channel, healthCheck: channel.healthCheck ?? null },
})

function readList(
  success: UpstreamSuccess,
  key: string,
  { offset = 0, limit = MAX_PART }: ChannelListQuery,
  originOf: (item: JsonObject) => Omit<Parameters<typeof readVpcChannel>[1], 'name'>,
  context: OperationContext,
): ChannelList {
  const list = isObject(success.body) ? success.body[key] : undefined
  if (!isObject(success.body) || !Array.isArray(list)) throw unreadable(success)
  const channels = list.flatMap((item: unknown, position) => {
    const channel = isObject(item) ? readVpcChannel(item, originOf(item), context.noteUnknown) : null
    return channel?.id === undefined || channel.instanceId === '' ? [] : [{ position, channel }]
  })
  // Where the response has no total, a full part may be followed by another.
  const known = offset + list.length + (list.length < limit ? 0 : 1)
  const total = readCount(success.body['total']) ?? known
  return { channels, received: list.length, total, times: timesOf(success) }
}

function timesOf({ headers }: UpstreamSuccess): ResponseTimes {
  const respondedAt = Date.parse(headers.get('date') ?? '')
  return { respondedAt: Number.isNaN(respondedAt) ? null : respondedAt, readAt: Date.now() }
}
