import { GatewayError } from '../errors/gateway-error.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import { attempt } from './attempt.ts'
import type { ChunkAnswer } from './put-chunk.ts'
import { type Settling, settled } from './settling.ts'

/** What a read says of an instance: the channel is there as asked, the write did not touch it, or neither can be known. */
export type Verdict = 'WANTED' | 'UNTOUCHED' | 'UNCLEAR'

type Channels = ReadonlyMap<string, VpcChannel>

/** What upserting a channel in some instances takes. Failures are thrown as gateway errors, with their effect. */
export interface UpsertSteps {
  /** Sends one batch call for these instances. */
  readonly put: (instanceIds: readonly string[]) => Promise<ChunkAnswer>
  /** The channels of the name as they are now, by instance. */
  readonly observe: () => Promise<Channels>
  /** What the channel that is there now, if any, says of the write to an instance. */
  readonly judge: (instanceId: string, channel: VpcChannel | undefined) => Verdict
  /** Whether the channel is known to have been as asked before the write. */
  readonly wasWanted: (instanceId: string) => boolean
  /** What of this refusal of a chunk single instances caused, by instance; empty where no cause is known. */
  readonly obstacles: (
    instanceIds: readonly string[],
    refusal: GatewayError,
  ) => Promise<ReadonlyMap<string, GatewayError>>
  readonly settling: Settling
}

/** Errors that one instance of a chunk can bring over all of them. */
const OF_ONE_INSTANCE: ReadonlySet<GatewayError['code']> = new Set([
  'NOT_FOUND',
  'FAILED_PRECONDITION',
  'FORBIDDEN',
  'QUOTA_EXCEEDED',
])
const MAX_ROUNDS = 5

/**
 * Upserts a channel in the instances of one chunk and says of each what is known. After an answer that does not say what
 * happened, and after a refusal of several instances at once, the channels are read over the settling time: what is as
 * asked is done. What stays unclear is sent once more. Where one instance caused the refusal of a whole chunk, the others
 * are sent without it.
 */
export async function upsertOnce(instanceIds: readonly string[], steps: UpsertSteps): Promise<ChunkAnswer> {
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

  /** Sends one batch call; answers the instances to send next. */
  async send(pending: readonly string[]): Promise<readonly string[]> {
    const answer = await attempt(() => this.#steps.put(pending))
    const doubtful = new Map<string, GatewayError>()
    const refused = new Map<string, GatewayError>()
    for (const id of pending) {
      const said = answer instanceof GatewayError ? answer : answer.get(id)
      if (said === undefined) continue
      if (!(said instanceof GatewayError)) this.known.set(id, said)
      else if (said.effect === 'UNKNOWN' || this.#open.has(id)) doubtful.set(id, said)
      else if (said === answer && pending.length > 1 && !isBeforeAnyWork(said)) doubtful.set(id, said)
      else {
        this.#fail(id, said)
        if (said === answer) refused.set(id, said)
      }
    }
    // The cause of a refusal is looked for where a single instance is refused, too: it is the better reason.
    return doubtful.size === 0 ? this.#unblocked([...refused.keys()], refused) : this.#resolve(doubtful)
  }

  /** Reads what became of the instances whose answer does not prove it; answers those to send next. */
  async #resolve(doubtful: ReadonlyMap<string, GatewayError>): Promise<readonly string[]> {
    const { observe, judge, wasWanted, settling } = this.#steps
    const ids = [...doubtful.keys()]
    const isDone = (seen: Channels | GatewayError): boolean =>
      seen instanceof GatewayError ? !seen.transient : ids.every((id) => judge(id, seen.get(id)) === 'WANTED')
    const seen = await settled(() => attempt(observe), isDone, settling)

    const unclear: string[] = []
    const refused: string[] = []
    for (const [id, error] of doubtful) {
      const channel = seen instanceof GatewayError ? undefined : seen.get(id)
      const verdict = seen instanceof GatewayError ? 'UNCLEAR' : judge(id, channel)
      const isRefusal = error.effect !== 'UNKNOWN'
      if (verdict === 'WANTED' && channel !== undefined && !(isRefusal && wasWanted(id))) {
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
    // Where no instance is known to be the cause, sending the same again would bring the same.
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
