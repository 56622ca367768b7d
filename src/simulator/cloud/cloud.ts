import { isDeepStrictEqual } from 'node:util'
import type { Channel } from './channel.ts'
import { createChannel } from './create-channel.ts'
import type { Edition } from './edition.ts'
import { Features } from './features.ts'
import { InstanceChannels } from './instance-channels.ts'
import type { Instance, Product, Seed, SeededApi, SeededChannel } from './seed.ts'
import { type Clock, type Timestamp, timestampOf, timestampsOf } from './timestamp.ts'

/** One change of one channel; `at` is by `performance.now()`. */
export interface Write {
  readonly kind: 'CREATED' | 'UPDATED' | 'DELETED'
  readonly instanceId: string
  readonly channelId: string
  readonly at: number
  /** `false` for an update with the values that the channel has already. */
  readonly isChange: boolean
}

/** The state of the two services. A write takes one turn of the event loop, so no call sees half of it. */
export class Cloud {
  readonly seed: Seed
  readonly edition: Edition
  readonly clock: Clock
  readonly timestamp: () => Timestamp
  readonly features: Features
  readonly #instances: ReadonlyMap<string, readonly Instance[]>
  readonly #channels = new Map<string, InstanceChannels>()
  /** The writes of the call that is being executed; `undefined` between calls. */
  #writes: Write[] | undefined

  constructor(seed: Seed, edition: Edition, clock: Clock) {
    this.seed = seed
    this.edition = edition
    this.#instances = Map.groupBy(seed.instances, (instance) => scopeOf(instance.projectId, instance.product))
    this.clock = clock
    this.timestamp = timestampsOf(clock)
    this.features = new Features(clock)
    this.reset()
  }

  reset(): void {
    this.#channels.clear()
    this.features.reset()
    for (const seeded of this.seed.channels) this.plant(seeded)
  }

  /** Adds a channel that lagging reads see too. */
  plant({ id, instanceId, request, createTime }: SeededChannel): Channel {
    const now = createTime === undefined ? this.timestamp() : timestampOf(createTime)
    const channel = createChannel(instanceId, request, now)
    const planted = { ...channel, id: id ?? channel.id }
    this.#of(instanceId).plant(planted)
    return planted
  }

  instance(projectId: string, product: Product, id: string): Instance | undefined {
    return this.instancesOf(projectId, product).find((instance) => instance.id === id)
  }

  instancesOf(projectId: string, product: Product): readonly Instance[] {
    return this.#instances.get(scopeOf(projectId, product)) ?? []
  }

  /** The channels as they were so many milliseconds ago, in the order of creation. */
  channelsOf(instance: Instance, ageMs = 0): Channel[] {
    return [...(this.#channels.get(instance.id)?.asOf(ageMs).values() ?? [])]
  }

  channel(instance: Instance, id: string, ageMs = 0): Channel | undefined {
    return this.#channels.get(instance.id)?.asOf(ageMs).get(id)
  }

  apisOf(instance: Instance): SeededApi[] {
    return this.seed.apis.filter(({ instanceId }) => instanceId === instance.id)
  }

  channelNamed(instance: Instance, name: string): Channel | undefined {
    return this.channelsOf(instance).find((channel) => channel.name === name)
  }

  /** Adds or replaces a channel. */
  put(channel: Channel): Channel {
    const before = this.#of(channel.instanceId).put(channel)
    this.#note(before ? 'UPDATED' : 'CREATED', channel, !isDeepStrictEqual(before, channel))
    return channel
  }

  remove(channel: Channel): void {
    this.#of(channel.instanceId).remove(channel.id)
    this.#note('DELETED', channel, true)
  }

  /** Runs a synchronous change and adds its writes to the list. */
  recording<Result>(writes: Write[], act: () => Result): Result {
    const outer = this.#writes
    this.#writes = writes
    try {
      return act()
    } finally {
      this.#writes = outer
    }
  }

  #note(kind: Write['kind'], { instanceId, id }: Channel, isChange: boolean): void {
    this.#writes?.push({ kind, instanceId, channelId: id, at: performance.now(), isChange })
  }

  #of(instanceId: string): InstanceChannels {
    const present = this.#channels.get(instanceId)
    if (present) return present
    const channels = new InstanceChannels()
    this.#channels.set(instanceId, channels)
    return channels
  }
}

const scopeOf = (projectId: string, product: Product): string => `${product} ${projectId}`
