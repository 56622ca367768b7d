import type { ChannelKind, ChannelRequest } from './channel-request.ts'

const SERVER_CHANNEL = 2
export const MICROSERVICE_CHANNEL = 3

/** `type` of a kind. A reference channel has none: `vpc_channel_type` alone says what it is. */
export const TYPES: Readonly<Record<ChannelKind, number>> = {
  builtin: SERVER_CHANNEL,
  microservice: MICROSERVICE_CHANNEL,
  reference: 0,
}

/** `vpc_channel_type` decides. Without it a channel is one of servers unless `type` says otherwise. */
export function kindOf({ type, vpc_channel_type: kind }: ChannelRequest): ChannelKind {
  return kind || (type === MICROSERVICE_CHANNEL ? 'microservice' : 'builtin')
}
