import { createChannel } from '../cloud/create-channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { readChannelRequest } from '../validation/read-channel-request.ts'
import { channelView } from '../views/channel-view.ts'
import { viewContext } from '../views/view-context.ts'
import { assertNameFree, assertQuota } from './assertions.ts'
import type { InstanceScope } from './instance-scope.ts'

/** `POST …/vpc-channels` */
export function createOne(call: Call, scope: InstanceScope): Answer {
  const { cloud, product, instance } = scope
  const request = readChannelRequest(product, cloud.seed, call)
  assertNameFree(scope, request.name)
  assertQuota(cloud, instance)
  const now = cloud.timestamp()
  const channel = cloud.put(createChannel(instance.id, request, now))
  return { status: 201, body: channelView(channel, viewContext(call, cloud, product, now)) }
}
