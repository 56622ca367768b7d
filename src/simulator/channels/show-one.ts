import type { Channel } from '../cloud/channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { channelDetailView } from '../views/channel-view.ts'
import type { InstanceScope } from './instance-scope.ts'

/** `GET …/vpc-channels/{vpc_channel_id}` */
export function showOne(_: Call, { cloud, product }: InstanceScope, channel: Channel): Answer {
  return { status: 200, body: channelDetailView(channel, { seed: cloud.seed, product }) }
}
