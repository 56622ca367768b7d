import { isDeepStrictEqual } from 'node:util'
import type { Channel } from './channel.ts'
import { createChannel } from './create-channel.ts'
import { InstanceChannels } from './instance-channels.ts'
import type { Instance, Product, Seed, SeededChannel } from './seed.ts'
import { type Clock, type Timestamp, timestampOf, timestampsOf } from './timestamp.ts'

/** One change of one channel, when it was made (by `performance.now()`). */
export interface Write {
  readonly kind: 'CREATED' | 'UPDATED' | 'DELETED'
  readonly instanceId: string
  readonly channelId: string
  readonly at: number
  /** Whether anything is another than before: an update can bring what is there already. */
  readonly isChange: boolean
}

/** Everything the two services remember. It changes within one turn of the event loop, so no call sees half a write. */
export class Cloud {
  readonly seed: Seed
  readonly clock: Clock
  readonly timestamp: () => Timestamp
  readonly #instances: ReadonlyMap<string, readonly Instance[]>
  readonly #channels = new Map<string, InstanceChannels>()
  /** Of the call that is being acted upon; undefined between calls. */
  #writes: Write[] | undefined

  constructor(seed: Seed, clock: Clock) {
    this.seed = seed
    this.#instances = Map.groupBy(seed.instances, (instance) => scopeOf(instance.projectId, instance.product))
    this.clock = clock
    this.timestamp = timestampsOf(clock)
    this.reset()
  }

  reset(): void {
    this.#channels.clear()
    for (const seeded of this.seed.channels) this.plant(seeded)
  }

  /** A channel that has always been there: no read lags behind it. */
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

  /** As they were so many milliseconds ago, in the order in which they were created. */
  channelsOf(instance: Instance, ageMs = 0): Channel[] {
    return [...(this.#channels.get(instance.id)?.asOf(ageMs).values() ?? [])]
  }

  channel(instance: Instance, id: string, ageMs = 0): Channel | undefined {
    return this.#channels.get(instance.id)?.asOf(ageMs).get(id)
  }

  channelNamed(instance: Instance, name: string): Channel | undefined {
    return this.channelsOf(instance).find((channel) => channel.name === name)
  }

  /** A new channel, or another state of one that is there. */
  put(channel: Channel): Channel {
    const before = this.#of(channel.instanceId).put(channel)
    this.#note(before ? 'UPDATED' : 'CREATED', channel, !isDeepStrictEqual(before, channel))
    return channel
  }

  remove(channel: Channel): void {
    this.#of(channel.instanceId).remove(channel.id)
    this.#note('DELETED', channel, true)
  }

  /** Does what changes channels within one turn, and adds the changes to a list. */
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
