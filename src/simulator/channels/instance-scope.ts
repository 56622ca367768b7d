import type { Channel } from '../cloud/channel.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { Instance, Product } from '../cloud/seed.ts'
import type { Call } from '../http/exchange.ts'
import type { PathParameters } from '../http/route.ts'
import { channelNotFound, instanceNotFound } from '../refusals.ts'

/** The instance that the path of a call names. */
export interface InstanceScope {
  readonly cloud: Cloud
  readonly product: Product
  readonly instance: Instance
}

export function instanceScope(cloud: Cloud, product: Product, parameters: PathParameters): InstanceScope {
  return {
    cloud,
    product,
    instance: findInstance(cloud, product, parameters['project_id'], parameters['instance_id']),
  }
}

export function findInstance(cloud: Cloud, product: Product, projectId = '', id = ''): Instance {
  const instance = cloud.instance(projectId, product, id)
  if (!instance) throw instanceNotFound(id)
  return instance
}

export function findChannel(
  call: Call,
  { cloud, instance }: InstanceScope,
  parameters: PathParameters,
): Channel {
  const id = parameters['vpc_channel_id'] ?? ''
  // Writes see the present state; only reads lag.
  const channel = cloud.channel(instance, id, call.method === 'GET' ? call.lag?.showMs : 0)
  if (!channel) throw channelNotFound(id)
  return channel
}
