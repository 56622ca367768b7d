import type { Channel } from '../cloud/channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { channelDetailView } from '../views/channel-view.ts'
import { viewContext } from '../views/view-context.ts'
import type { InstanceScope } from './instance-scope.ts'

/** `GET …/vpc-channels/{vpc_channel_id}` */
export function showOne(call: Call, { cloud, product }: InstanceScope, channel: Channel): Answer {
  return { status: 200, body: channelDetailView(channel, viewContext(call, cloud, product)) }
}
