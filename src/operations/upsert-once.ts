import { GatewayError } from '../errors/gateway-error.ts'
import type { VpcChannel } from '../translation/vpc-channel.ts'
import { attempt } from './attempt.ts'
import { mayStillHappen } from './may-still-happen.ts'
import type { ChunkAnswer } from './put-chunk.ts'

/** A channel may be `WANTED`, `OTHER`, or `PERHAPS` as it was to be: where nobody says what the cloud makes of the input. */
export type Likeness = 'WANTED' | 'PERHAPS' | 'OTHER'

/** What upserting a channel in some instances takes. Failures are thrown as gateway errors, with their effect. */
export interface UpsertSteps {
  /** Sends one batch call for these instances. */
  readonly put: (instanceIds: readonly string[]) => Promise<ChunkAnswer>
  /** The channels of the name as they are now, by instance. */
  readonly observe: () => Promise<ReadonlyMap<string, VpcChannel>>
  /** How much a channel is as it was to be. */
  readonly likeness: (channel: VpcChannel) => Likeness
  /** What of this refusal of a chunk is the doing of single instances, by instance; empty where nothing is known to be. */
  readonly obstacles: (
    instanceIds: readonly string[],
    refusal: GatewayError,
  ) => Promise<ReadonlyMap<string, GatewayError>>
}

/** Errors that one instance of a chunk can bring over all of them. */
const OF_ONE_INSTANCE: ReadonlySet<GatewayError['code']> = new Set([
  'NOT_FOUND',
  'FAILED_PRECONDITION',
  'FORBIDDEN',
  'QUOTA_EXCEEDED',
])
const MOST_ROUNDS = 5

/**
 * Upserts a channel in the instances of one chunk and tells of each whether it is there. After an answer that does not say
 * what happened the channels are read: what is as it was to be is done, the rest is sent once more. Where one instance has
 * brought a refusal over the whole chunk, the others are sent without it.
 */
export async function upsertOnce(instanceIds: readonly string[], steps: UpsertSteps): Promise<ChunkAnswer> {
  const known = new Map<string, VpcChannel | GatewayError>()
  const open = new Map<string, GatewayError>()
  let pending: readonly string[] = instanceIds
  let repeated = false
  for (let round = 1; pending.length > 0 && round <= MOST_ROUNDS; round += 1) {
    const answer = await attempt(() => steps.put(pending))
    const { unclear, refused } = taken(answer, pending, known, open)
    if (unclear.length > 0) {
      const missing = await missingOf(unclear, known, open, steps)
      pending = repeated ? [] : missing
      repeated = true
    } else {
      pending = answer instanceof GatewayError ? await unblocked(refused, answer, known, open, steps) : []
    }
  }
  return known
}

/** Notes what an answer says of each instance; answers those it leaves unclear, and those it refuses with all others. */
function taken(
  answer: ChunkAnswer | GatewayError,
  pending: readonly string[],
  known: Map<string, VpcChannel | GatewayError>,
  open: Map<string, GatewayError>,
): { readonly unclear: readonly string[]; readonly refused: readonly string[] } {
  const unclear: string[] = []
  const refused: string[] = []
  for (const id of pending) {
    const said = answer instanceof GatewayError ? answer : answer.get(id)
    if (said === undefined) continue
    known.set(id, said instanceof GatewayError ? told(said, open.get(id)) : said)
    if (!(said instanceof GatewayError)) continue
    if (said.effect === 'UNKNOWN') unclear.push(id)
    else if (answer instanceof GatewayError) refused.push(id)
    if (mayStillHappen(said)) open.set(id, said)
  }
  return { unclear, refused }
}

/** Of instances that were refused together: those that can be sent without the ones that brought it. */
async function unblocked(
  refused: readonly string[],
  refusal: GatewayError,
  known: Map<string, VpcChannel | GatewayError>,
  open: ReadonlyMap<string, GatewayError>,
  steps: UpsertSteps,
): Promise<readonly string[]> {
  if (!OF_ONE_INSTANCE.has(refusal.code)) return []
  const obstacles = await steps.obstacles(refused, refusal)
  for (const [id, obstacle] of obstacles) known.set(id, told(obstacle, open.get(id)))
  const rest = refused.filter((id) => !obstacles.has(id))
  // With nobody to blame, sending the same again would bring the same.
  return rest.length < refused.length ? rest : []
}

/** Reads what became of instances; answers those that are not as they were to be, with what is now known of them. */
async function missingOf(
  ids: readonly string[],
  known: Map<string, VpcChannel | GatewayError>,
  open: Map<string, GatewayError>,
  steps: UpsertSteps,
): Promise<string[]> {
  const observed = await attempt(steps.observe)
  if (observed instanceof GatewayError) return []
  return ids.filter((id) => {
    const channel = observed.get(id)
    const likeness = channel === undefined ? 'OTHER' : steps.likeness(channel)
    if (channel !== undefined && likeness === 'WANTED') {
      known.set(id, channel)
      return false
    }
    const error = known.get(id)
    if (error instanceof GatewayError) {
      if (likeness === 'PERHAPS') open.set(id, error)
      if (!open.has(id)) known.set(id, error.withEffect('NOT_APPLIED'))
    }
    return true
  })
}

/** A refusal says nothing of an earlier request for the same instance that the cloud may still be at work on, or has done. */
const told = (error: GatewayError, earlier: GatewayError | undefined): GatewayError =>
  earlier === undefined ? error : error.withEffect('UNKNOWN')
