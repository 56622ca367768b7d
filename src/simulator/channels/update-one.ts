import type { Channel } from '../cloud/channel.ts'
import { updateChannel } from '../cloud/update-channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { readChannelRequest } from '../validation/read-channel-request.ts'
import { channelView } from '../views/channel-view.ts'
import { viewContext } from '../views/view-context.ts'
import { assertNameFree } from './assertions.ts'
import type { InstanceScope } from './instance-scope.ts'

/** `PUT …/vpc-channels/{vpc_channel_id}` */
export function updateOne(call: Call, scope: InstanceScope, channel: Channel): Answer {
  const { cloud, product } = scope
  const request = readChannelRequest(product, cloud.seed, call)
  if (request.name !== channel.name) assertNameFree(scope, request.name)
  const now = cloud.timestamp()
  const updated = cloud.put(updateChannel(product, channel, request, now))
  return { status: 200, body: channelView(updated, viewContext(call, cloud, product, now)) }
}
