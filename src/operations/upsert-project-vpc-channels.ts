import pLimit from 'p-limit'
import { GatewayError } from '../errors/gateway-error.ts'
import { channelDifferences } from '../translation/channel-differences.ts'
import type { VpcChannel } from '../translation/vpc-channel.ts'
import type { UpsertProjectVpcChannelsInput } from '../translation/vpc-channel-input.ts'
import { type ProjectId, projectId } from '../upstream/ids.ts'
import { attempt } from './attempt.ts'
import type { Cloud } from './cloud.ts'
import { atInstance } from './failed-write.ts'
import { instanceObstacle } from './instance-obstacle.ts'
import { observedChannels } from './observed-channels.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import { type InstancePlan, planProjectVpcChannels, typeObstacle } from './plan-project-vpc-channels.ts'
import { putChunk } from './put-chunk.ts'
import { quotaObstacle } from './quota-obstacle.ts'
import { effectOf, recordedWrite, type WriteOutcome } from './recorded-write.ts'
import { refuseFaults } from './refuse-faults.ts'
import { type Likeness, upsertOnce } from './upsert-once.ts'

/** One requested instance's result: a channel where it is there, an error where it is not, or may not be. */
export interface UpsertResult {
  readonly instanceId: string
  readonly outcome: WriteOutcome
  readonly vpcChannel: VpcChannel | null
  readonly error: GatewayError | null
}

export interface UpsertOptions {
  /** Whether to read what is there first, to tell CREATED, UPDATED and UNCHANGED apart. */
  readonly tellsOutcome: boolean
  /** A plan that must still hold. */
  readonly planId?: string | null | undefined
  /** Told of each result as soon as it is there, in no order. */
  readonly onResult?: (result: UpsertResult) => void
}

/** Batch calls that one operation has under way at once. */
const CALLS_AT_ONCE = 4
/** Instances that are looked into beside them, each with up to two calls: together as many as one caller may have. */
const LOOKED_INTO_AT_ONCE = 2

/**
 * Creates or changes the VPC channel of one name in several ROMA Connect instances: with one REST call for as many as the
 * cloud takes at once, unless an answer does not say what happened. Answers one result per instance, in the order asked.
 *
 * @throws {GatewayError} when no instance is known to have the channel
 */
export async function upsertProjectVpcChannels(
  cloud: Cloud,
  given: UpsertProjectVpcChannelsInput,
  context: OperationContext,
  options: UpsertOptions,
): Promise<UpsertResult[]> {
  const input = { ...given, projectId: given.projectId ?? context.projectId }
  const results = await recordedWrite(
    context,
    {
      field: 'upsertProjectVpcChannels',
      projectId: input.projectId,
      name: input.name,
      instanceIds: input.instanceIds,
    },
    (recording) => upserted(cloud, input, recording, options),
    (each) =>
      each.map(({ vpcChannel, ...result }) => ({
        ...result,
        effect: effectOf(result.error),
        vpcChannelId: vpcChannel?.id,
      })),
  )
  throwIfAllFailed(results)
  return results
}

async function upserted(
  cloud: Cloud,
  input: UpsertProjectVpcChannelsInput,
  context: OperationContext,
  options: UpsertOptions,
): Promise<UpsertResult[]> {
  callContext(context)
  refuseFaults(cloud.checkUpsert(input))

  const project = projectId(input.projectId ?? '')
  const observe = () => observedChannels(cloud, { projectId: project, name: input.name }, context)
  const locks = input.instanceIds.map((id) => `ROMA_CONNECT ${project} ${id} ${input.name}`)
  return cloud.locks.run(locks, async () => {
    const before = await beforehand(cloud, input, context, options, observe)
    const limited = pLimit(CALLS_AT_ONCE)
    const lookedInto = pLimit(LOOKED_INTO_AT_ONCE)
    const chunks = chunked(input.instanceIds, cloud.instancesPerCall).map((instanceIds) =>
      limited(async () => {
        // With less than a millisecond left nothing would be sent.
        if (context.deadline - performance.now() < 1) return instanceIds.map(notAttempted)
        const known = await upsertOnce(instanceIds, {
          put: (ids) => putChunk(cloud, project, input, ids, context),
          observe,
          likeness: (channel) => likenessOf(input, channel),
          obstacles: async (ids, refusal) => {
            const ofOne = await obstacleTo(cloud, { ...input, projectId: project }, refusal, context, observe)
            const found = await Promise.all(
              ids.map(async (id) => [id, await lookedInto(() => ofOne(id))] as const),
            )
            return new Map(found.filter((one): one is readonly [string, GatewayError] => one[1] !== null))
          },
        })
        return instanceIds.map((id) => resultOf(id, known.get(id), outcomeOf(id, input, before)))
      }).then((results) => {
        for (const result of results) options.onResult?.(result)
        return results
      }),
    )
    return (await Promise.all(chunks)).flat()
  })
}

/** Of the groups that an input does not speak of nobody says whether the cloud keeps them. */
function likenessOf(input: UpsertProjectVpcChannelsInput, channel: VpcChannel): Likeness {
  const isLike = (keepsGroups: boolean) =>
    channelDifferences(input, channel, { keepsMembers: true, keepsGroups }).length === 0
  if (isLike(false)) return 'WANTED'
  return isLike(true) ? 'PERHAPS' : 'OTHER'
}

/** Tells of one instance after the other whether it has brought a refusal over its chunk. */
async function obstacleTo(
  cloud: Cloud,
  input: UpsertProjectVpcChannelsInput & { readonly projectId: ProjectId },
  refusal: GatewayError,
  context: OperationContext,
  observe: () => Promise<ReadonlyMap<string, VpcChannel>>,
): Promise<(instanceId: string) => Promise<GatewayError | null>> {
  if (refusal.reason === 'CHANNEL_TYPE') {
    const observed = await attempt(observe)
    return async (instanceId) => {
      const channel = observed instanceof GatewayError ? undefined : observed.get(instanceId)
      return channel === undefined ? null : typeObstacle(input, channel)
    }
  }
  const obstacle = refusal.code === 'QUOTA_EXCEEDED' ? quotaObstacle : instanceObstacle
  return async (instanceId) => {
    const found = await obstacle(cloud, { projectId: input.projectId, instanceId, name: input.name }, context)
    return found === null ? null : atInstance(found, input, instanceId)
  }
}

/** What was there before the write, as far as anybody asks; refuses where a plan does not hold any more. */
async function beforehand(
  cloud: Cloud,
  input: UpsertProjectVpcChannelsInput,
  context: OperationContext,
  { planId, tellsOutcome }: UpsertOptions,
  observe: () => Promise<ReadonlyMap<string, VpcChannel>>,
): Promise<ReadonlyMap<string, VpcChannel> | undefined> {
  try {
    // An empty one was given too, and does not hold.
    if (planId !== undefined && planId !== null) {
      const plan = await planProjectVpcChannels(cloud, input, context)
      if (plan.planId !== planId) throw outdated(plan.instances)
      return plan.observed
    }
    return tellsOutcome ? await observe() : undefined
  } catch (error) {
    throw error instanceof GatewayError ? error.withEffect('NOT_APPLIED') : error
  }
}

const outdated = (instances: readonly InstancePlan[]): GatewayError =>
  new GatewayError('CONFLICT', {
    reason: 'PLAN_OUTDATED',
    effect: 'NOT_APPLIED',
    validation: instances.map(({ instanceId, action, changes, error }, index) => ({
      path: ['input', 'instanceIds', index],
      rule: 'PLAN_OUTDATED',
      params: {
        instanceId,
        action,
        changes,
        ...(error !== null && { code: error.code, reason: error.reason }),
      },
      source: 'GATEWAY',
    })),
  })

function chunked<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

const notAttempted = (instanceId: string): UpsertResult => ({
  instanceId,
  outcome: 'NOT_ATTEMPTED',
  vpcChannel: null,
  error: new GatewayError('UPSTREAM_TIMEOUT', {
    reason: 'NOT_ATTEMPTED',
    effect: 'NOT_APPLIED',
    transient: true,
  }),
})

function outcomeOf(
  id: string,
  input: UpsertProjectVpcChannelsInput,
  before: ReadonlyMap<string, VpcChannel> | undefined,
): WriteOutcome {
  if (before === undefined) return 'UNKNOWN'
  const channel = before.get(id)
  if (channel === undefined) return 'CREATED'
  return channelDifferences(input, channel, { keepsMembers: true }).length === 0 ? 'UNCHANGED' : 'UPDATED'
}

function resultOf(
  instanceId: string,
  known: VpcChannel | GatewayError | undefined,
  outcome: WriteOutcome,
): UpsertResult {
  if (known === undefined) return notAttempted(instanceId)
  if (!(known instanceof GatewayError)) return { instanceId, outcome, vpcChannel: known, error: null }
  const failure = known.effect === 'NOT_APPLIED' ? 'FAILED' : 'UNKNOWN'
  return { instanceId, outcome: failure, vpcChannel: null, error: known }
}

/** Where no instance succeeded there is no data to show: the operation itself has failed. */
function throwIfAllFailed(results: readonly UpsertResult[]): void {
  const errors = results.map((result) => result.error).filter((error) => error !== null)
  const [first] = errors
  if (first === undefined || errors.length < results.length) return
  throw first.withEffect(errors.every((error) => error.effect === 'NOT_APPLIED') ? 'NOT_APPLIED' : 'UNKNOWN')
}
