import { GatewayError } from '../errors/gateway-error.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import { attempt } from './attempt.ts'
import type { ChunkResult } from './put-chunk.ts'
import { lookUntil, type Settling } from './settling.ts'

/** What a read says of an instance: the channel matches the input, the write did not touch it, or neither can be known. */
export type Verdict = 'EXACT' | 'UNTOUCHED' | 'UNCLEAR'

type Channels = ReadonlyMap<string, VpcChannel>

/** The steps of upserting a channel in some instances. They throw gateway errors, with their effect. */
export interface UpsertSteps {
  /** Sends one batch call for these instances. */
  readonly put: (instanceIds: readonly string[]) => Promise<ChunkResult>
  /** The channels of the name as they are now, by instance. */
  readonly observe: () => Promise<Channels>
  /** Judges the write to an instance by the channel that is there now, if any. */
  readonly judge: (instanceId: string, channel: VpcChannel | undefined) => Verdict
  /** Whether the channel is known to have matched the input before the write. */
  readonly wasExact: (instanceId: string) => boolean
  /** The instances that caused this refusal of a chunk, each with its error; empty where no cause is known. */
  readonly obstacles: (
    instanceIds: readonly string[],
    refusal: GatewayError,
  ) => Promise<ReadonlyMap<string, GatewayError>>
  readonly settling: Settling
}

/** Errors that one instance can cause for the whole chunk. */
const OF_ONE_INSTANCE: ReadonlySet<GatewayError['code']> = new Set([
  'NOT_FOUND',
  'FAILED_PRECONDITION',
  'FORBIDDEN',
  'QUOTA_EXCEEDED',
])
const MAX_ROUNDS = 5

/**
 * Upserts a channel in the instances of one chunk and returns of each what is known. After a response that does not say what
 * happened, and after a refusal of several instances at once, it reads the channels over the settling time: a channel that
 * matches the input is done. It sends once more what stays unclear. Where one instance caused the refusal of a whole chunk, it
 * sends the others without it.
 */
export async function upsertOnce(instanceIds: readonly string[], steps: UpsertSteps): Promise<ChunkResult> {
  const chunk = new Chunk(steps)
  let pending = instanceIds
  for (let round = 1; pending.length > 0 && round <= MAX_ROUNDS; round += 1) {
    pending = await chunk.send(pending)
  }
  return chunk.known
}

class Chunk {
  readonly known = new Map<string, VpcChannel | GatewayError>()
  readonly #steps: UpsertSteps
  /** Instances with a request that may still be applied, or was applied without a read showing it. */
  readonly #open = new Set<string>()

  constructor(steps: UpsertSteps) {
    this.#steps = steps
  }

  /** Sends one batch call; returns the instances to send next. */
  async send(pending: readonly string[]): Promise<readonly string[]> {
    const result = await attempt(() => this.#steps.put(pending))
    const doubtful = new Map<string, GatewayError>()
    const refused = new Map<string, GatewayError>()
    for (const id of pending) {
      const known = result instanceof GatewayError ? result : result.get(id)
      if (known === undefined) continue
      if (!(known instanceof GatewayError)) this.known.set(id, known)
      else if (known.effect === 'UNKNOWN' || this.#open.has(id)) doubtful.set(id, known)
      else if (known === result && pending.length > 1 && !isBeforeAnyWork(known)) doubtful.set(id, known)
      else {
        this.#fail(id, known)
        if (known === result) refused.set(id, known)
      }
    }
    // Looks for the cause where a single instance is refused, too: the cause is the better reason.
    return doubtful.size === 0 ? this.#unblocked([...refused.keys()], refused) : this.#resolve(doubtful)
  }

  /** Reads the channels of the instances for which the response proves nothing; returns those to send next. */
  async #resolve(doubtful: ReadonlyMap<string, GatewayError>): Promise<readonly string[]> {
    const { observe, judge, wasExact, settling } = this.#steps
    const ids = [...doubtful.keys()]
    const isDone = (seen: Channels | GatewayError): boolean =>
      seen instanceof GatewayError ? !seen.transient : ids.every((id) => judge(id, seen.get(id)) === 'EXACT')
    const seen = await lookUntil(() => attempt(observe), isDone, settling)

    const unclear: string[] = []
    const refused: string[] = []
    for (const [id, error] of doubtful) {
      const channel = seen instanceof GatewayError ? undefined : seen.get(id)
      const verdict = seen instanceof GatewayError ? 'UNCLEAR' : judge(id, channel)
      const isRefusal = error.effect !== 'UNKNOWN'
      if (verdict === 'EXACT' && channel !== undefined && !(isRefusal && wasExact(id))) {
        this.known.set(id, channel)
        this.#open.delete(id)
      } else if (isRefusal && verdict !== 'UNCLEAR') {
        this.#fail(id, error)
        refused.push(id)
      } else {
        if (isRefusal) refused.push(id)
        else if (!this.#open.has(id) && !(seen instanceof GatewayError)) unclear.push(id)
        this.#open.add(id)
        this.#fail(id, error)
      }
    }
    return [...unclear, ...(await this.#unblocked(refused, doubtful))]
  }

  /** Of instances that were refused together: those to send without the ones that caused it. */
  async #unblocked(
    refused: readonly string[],
    errors: ReadonlyMap<string, GatewayError>,
  ): Promise<readonly string[]> {
    const refusal = errors.get(refused[0] ?? '')
    if (refusal === undefined || !OF_ONE_INSTANCE.has(refusal.code)) return []
    const obstacles = await this.#steps.obstacles(refused, refusal)
    for (const [id, obstacle] of obstacles) this.#fail(id, obstacle)
    const rest = refused.filter((id) => !obstacles.has(id))
    // Where no instance is known to be the cause, the cloud would refuse the same chunk again.
    return rest.length < refused.length ? rest : []
  }

  /** A refusal says nothing of an earlier request for the same instance. */
  #fail(id: string, error: GatewayError): void {
    this.known.set(id, this.#open.has(id) ? error.withEffect('UNKNOWN') : error)
  }
}

/** Whether an error proves that the cloud did nothing at all: nothing was sent, or a check before all work refused it. */
const isBeforeAnyWork = ({ code, upstream }: GatewayError): boolean =>
  (upstream?.status ?? null) === null || code === 'UNAUTHENTICATED' || code === 'RATE_LIMITED'
