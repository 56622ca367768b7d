import { GatewayError } from '../../errors/gateway-error.ts'
import { isId } from '../../lib/ids.ts'
import type { VpcChannel } from '../../vpc-channel/vpc-channel.ts'
import type { Loaders } from './loaders.ts'

/** A channel's id, asked for by name where the answer that brought the channel left it out. */
export async function idOf(channel: VpcChannel, loaders: Loaders): Promise<string> {
  const id = channel.id ?? (await loaders.idByName(channel))
  if (id === null) throw new GatewayError('NOT_FOUND', { reason: 'CHANNEL_NOT_FOUND' })
  return id
}

/** The channel as a GET by id shows it: with members and health check, which other answers leave out. */
export async function wholeChannel(channel: VpcChannel, loaders: Loaders): Promise<VpcChannel> {
  const { product, projectId, instanceId } = channel
  const id = await idOf(channel, loaders)
  if (!isId(id)) throw new GatewayError('UPSTREAM_BAD_RESPONSE', { reason: 'UNREADABLE_ANSWER' })
  const whole = await loaders.whole({ product, projectId, instanceId, id })
  if (whole === null) throw new GatewayError('NOT_FOUND', { reason: 'CHANNEL_NOT_FOUND' })
  return whole
}
