import DataLoader from 'dataloader'
import pLimit from 'p-limit'
import { isId } from '../../lib/ids.ts'
import { findVpcChannels } from '../../operations/find-vpc-channels.ts'
import { listVpcChannels } from '../../operations/list-vpc-channels.ts'
import { observedChannels } from '../../operations/observed-channels.ts'
import type { OperationContext } from '../../operations/operation-context.ts'
import { showVpcChannel, type VpcChannelKey } from '../../operations/show-vpc-channel.ts'
import type { UpstreamServices } from '../../operations/upstream-services.ts'
import type { VpcChannel } from '../../vpc-channel/vpc-channel.ts'

type ChannelName = Pick<VpcChannel, 'projectId' | 'instanceId' | 'name'>

/** Calls that one request's loaders have under way at once. */
const MAX_CONCURRENT_CALLS = 8

/** What one request has read so far. Never shared: two callers may not see each other's answers. */
export interface Loaders {
  /** A channel with its members and its health check: one call each. */
  readonly whole: (key: VpcChannelKey) => Promise<VpcChannel | null>
  /** A channel as lists show it, without members and health check; several of one instance come with one list. */
  readonly listed: (key: VpcChannelKey) => Promise<VpcChannel | null>
  /** A ROMA Connect channel's id by its name: the response to a batch can lack it. */
  readonly idByName: (channel: ChannelName) => Promise<string | null>
  /** Does a read when fewer than the maximum of the request's reads are under way. */
  readonly inTurn: <Result>(read: () => Promise<Result>) => Promise<Result>
  /** Forgets everything: what was read before a write is stale after it. */
  readonly forget: () => void
}

export const createLoaders = (services: UpstreamServices, context: OperationContext): Loaders =>
  new LazyLoaders(() => loadersOf(services, context))

/** Loaders that are made at their first use, and again after a write: most mutations use none. */
class LazyLoaders implements Loaders {
  readonly #make: () => ReadLoaders
  #made: ReadLoaders | undefined

  constructor(make: () => ReadLoaders) {
    this.#make = make
  }

  #loaders(): ReadLoaders {
    this.#made ??= this.#make()
    return this.#made
  }

  whole(key: VpcChannelKey): Promise<VpcChannel | null> {
    return this.#loaders().whole(key)
  }

  listed(key: VpcChannelKey): Promise<VpcChannel | null> {
    return this.#loaders().listed(key)
  }

  idByName(channel: ChannelName): Promise<string | null> {
    return this.#loaders().idByName(channel)
  }

  inTurn<Result>(read: () => Promise<Result>): Promise<Result> {
    return this.#loaders().inTurn(read)
  }

  forget(): void {
    this.#made = undefined
  }
}

type ReadLoaders = Omit<Loaders, 'forget'>

function loadersOf(services: UpstreamServices, context: OperationContext): ReadLoaders {
  const limit = lazy(() => pLimit(MAX_CONCURRENT_CALLS - 1))
  let isFirst = true
  /** The first read needs no queue, and most requests have no other. */
  const limited = <Result>(read: () => Promise<Result>): Promise<Result> => {
    if (!isFirst) return limit()(read)
    isFirst = false
    return read()
  }
  const askedWhole = new Set<string>()

  /** Each channel takes one call, so there is nothing to batch. */
  const wholes = new Map<string, Promise<VpcChannel | null>>()
  const whole = (key: VpcChannelKey, name = cacheKey(key)): Promise<VpcChannel | null> =>
    remembered(wholes, name, () => limited(() => showVpcChannel(services, key, context)))
  const show = (key: VpcChannelKey): Promise<VpcChannel | null | Error> => whole(key).catch(asError)

  const listed = lazy(
    () =>
      new DataLoader<VpcChannelKey, VpcChannel | null, string>(
        async (keys) => {
          const answers = new Map<string, VpcChannel | null | Error>()
          const byInstance = Map.groupBy(keys, ({ product, projectId, instanceId }) =>
            JSON.stringify([product, projectId, instanceId]),
          )
          await Promise.all(
            [...byInstance.values()].map(async ([first, ...rest]) => {
              if (first === undefined) return
              const group = [first, ...rest]
              // What another place of the operation asks for as a whole is not fetched twice; an id that cannot be one is
              // refused by itself, not looked for in vain.
              const [elsewhere, here] = [
                group.filter(isShownAlone),
                group.filter((key) => !isShownAlone(key)),
              ]
              const ids = here.map((key) => key.id)
              const found = await findVpcChannels(ids, {
                list: (part) => limited(() => listVpcChannels(services, first, part, context)),
                show: (id) => show({ ...first, id }),
              }).catch(asError)
              for (const key of here)
                answers.set(cacheKey(key), found instanceof Error ? found : (found.get(key.id) ?? null))
              await Promise.all(elsewhere.map(async (key) => answers.set(cacheKey(key), await show(key))))
            }),
          )
          return keys.map((key) => answers.get(cacheKey(key)) ?? null)
        },
        { cacheKeyFn: cacheKey },
      ),
  )
  const isShownAlone = (key: VpcChannelKey): boolean => askedWhole.has(cacheKey(key)) || !isId(key.id)

  /** One list has the channels of a name in all instances. */
  const namesakes = new Map<string, Promise<ReadonlyMap<string, VpcChannel>>>()
  async function idByName({ projectId, instanceId, name }: ChannelName): Promise<string | null> {
    const found = remembered(namesakes, JSON.stringify([projectId, name]), () =>
      observedChannels(services, { projectId, name, withMembers: false }, context),
    )
    return (await found).get(instanceId)?.id ?? null
  }

  return {
    whole: (key) => {
      const name = cacheKey(key)
      askedWhole.add(name)
      return whole(key, name)
    },
    listed: (key) => listed().load(key),
    idByName,
    inTurn: limited,
  }
}

/** The value of a key, made when it is first asked for. */
function remembered<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const known = values.get(key)
  if (known !== undefined) return known
  const made = make()
  values.set(key, made)
  return made
}

/** Made when it is asked for: most requests need one loader, or none. */
function lazy<Made>(make: () => Made): () => Made {
  let made: Made | undefined
  return () => {
    made ??= make()
    return made
  }
}

const cacheKey = ({ product, projectId, instanceId, id }: VpcChannelKey): string =>
  JSON.stringify([product, projectId, instanceId, id])

/** A loader takes failures as values, so that one of a batch does not fail the others. */
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
