import type { Channel } from '../cloud/channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import type { InstanceScope } from './instance-scope.ts'

/** `DELETE …/vpc-channels/{vpc_channel_id}` */
export function deleteOne(_: Call, { cloud }: InstanceScope, channel: Channel): Answer {
  cloud.remove(channel)
  return { status: 204 }
}
