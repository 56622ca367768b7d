import type { Channel } from './channel.ts'
import { createChannel } from './create-channel.ts'
import type { Instance, Product, Seed } from './seed.ts'
import { type Clock, type Timestamp, timestampsOf } from './timestamp.ts'

/** Everything the two services remember. It changes within one turn of the event loop, so no call sees half a write. */
export class Cloud {
  readonly seed: Seed
  readonly clock: Clock
  readonly timestamp: () => Timestamp
  readonly #channels = new Map<string, Channel>()

  constructor(seed: Seed, clock: Clock) {
    this.seed = seed
    this.clock = clock
    this.timestamp = timestampsOf(clock)
    this.reset()
  }

  reset(): void {
    this.#channels.clear()
    for (const { id, instanceId, request } of this.seed.channels) {
      const channel = createChannel(instanceId, request, this.timestamp())
      this.add({ ...channel, id: id ?? channel.id })
    }
  }

  instance(projectId: string, product: Product, id: string): Instance | undefined {
    return this.instancesOf(projectId, product).find((instance) => instance.id === id)
  }

  instancesOf(projectId: string, product: Product): Instance[] {
    return this.seed.instances.filter(
      (instance) => instance.projectId === projectId && instance.product === product,
    )
  }

  /** In the order in which they were created. */
  channelsOf(instances: readonly Instance[]): Channel[] {
    const ids = new Set(instances.map((instance) => instance.id))
    return [...this.#channels.values()].filter((channel) => ids.has(channel.instanceId))
  }

  channelNamed(instance: Instance, name: string): Channel | undefined {
    return this.channelsOf([instance]).find((channel) => channel.name === name)
  }

  add(channel: Channel): Channel {
    this.#channels.set(channel.id, channel)
    return channel
  }

  remove(channel: Channel): void {
    this.#channels.delete(channel.id)
  }
}
