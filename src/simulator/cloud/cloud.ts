import type { Channel } from './channel.ts'
import { createChannel } from './create-channel.ts'
import type { Instance, Product, Seed } from './seed.ts'
import { type Clock, type Timestamp, timestampsOf } from './timestamp.ts'

/** Everything the two services remember. It changes within one turn of the event loop, so no call sees half a write. */
export class Cloud {
  readonly seed: Seed
  readonly clock: Clock
  readonly timestamp: () => Timestamp
  readonly #instances: ReadonlyMap<string, readonly Instance[]>
  /** By the id of their instance, and by their own. */
  readonly #channels = new Map<string, Map<string, Channel>>()

  constructor(seed: Seed, clock: Clock) {
    this.seed = seed
    this.#instances = Map.groupBy(seed.instances, (instance) => scopeOf(instance.projectId, instance.product))
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

  instancesOf(projectId: string, product: Product): readonly Instance[] {
    return this.#instances.get(scopeOf(projectId, product)) ?? []
  }

  /** In the order in which they were created. */
  channelsOf(instance: Instance): Channel[] {
    return [...(this.#channels.get(instance.id)?.values() ?? [])]
  }

  channel(instance: Instance, id: string): Channel | undefined {
    return this.#channels.get(instance.id)?.get(id)
  }

  channelNamed(instance: Instance, name: string): Channel | undefined {
    return this.channelsOf(instance).find((channel) => channel.name === name)
  }

  add(channel: Channel): Channel {
    const siblings = this.#channels.get(channel.instanceId) ?? new Map<string, Channel>()
    this.#channels.set(channel.instanceId, siblings.set(channel.id, channel))
    return channel
  }

  remove(channel: Channel): void {
    this.#channels.get(channel.instanceId)?.delete(channel.id)
  }
}

const scopeOf = (projectId: string, product: Product): string => `${product} ${projectId}`
