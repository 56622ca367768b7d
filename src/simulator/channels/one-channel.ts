import type { Channel } from '../cloud/channel.ts'
import { createChannel } from '../cloud/create-channel.ts'
import { updateChannel } from '../cloud/update-channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { readChannelRequest } from '../validation/read-channel-request.ts'
import { channelDetailView, channelView } from '../views/channel-view.ts'
import { viewContext } from '../views/view-context.ts'
import { assertNameFree, assertQuota, assertUnused } from './assertions.ts'
import type { InstanceScope } from './instance-scope.ts'

/** `POST …/vpc-channels` */
export function createOne(call: Call, scope: InstanceScope): Answer {
  const { cloud, product, instance } = scope
  const request = readChannelRequest(scope, call)
  assertNameFree(scope, request.name)
  assertQuota(cloud, instance)
  const now = cloud.timestamp()
  const channel = cloud.put(createChannel(instance.id, request, now))
  return { status: 201, body: channelView(channel, viewContext(call, cloud, product, now)) }
}

/** `GET …/vpc-channels/{vpc_channel_id}` */
export function showOne(call: Call, { cloud, product }: InstanceScope, channel: Channel): Answer {
  return { status: 200, body: channelDetailView(channel, viewContext(call, cloud, product)) }
}

/** `PUT …/vpc-channels/{vpc_channel_id}` */
export function updateOne(call: Call, scope: InstanceScope, channel: Channel): Answer {
  const { cloud, product } = scope
  const request = readChannelRequest(scope, call)
  if (request.name !== channel.name) assertNameFree(scope, request.name)
  const now = cloud.timestamp()
  const updated = cloud.put(updateChannel(product, channel, request, now))
  return { status: 200, body: channelView(updated, viewContext(call, cloud, product, now)) }
}

/** `DELETE …/vpc-channels/{vpc_channel_id}` */
export function deleteOne(_: Call, { cloud, instance }: InstanceScope, channel: Channel): Answer {
  assertUnused(cloud, instance, channel)
  cloud.remove(channel)
  return { status: 204 }
}
