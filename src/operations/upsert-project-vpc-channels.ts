import pLimit from 'p-limit'
import { GatewayError } from '../errors/gateway-error.ts'
import { type ProjectId, projectId } from '../lib/ids.ts'
import { channelParameters, parameterAt } from '../vpc-channel/rest-parameters.ts'
import { upsertProjectVpcChannelsRules } from '../vpc-channel/rules/vendor-rules.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'
import { effectOf } from './audited-write.ts'
import { observedChannels } from './observed-channels.ts'
import type { OperationContext } from './operation-context.ts'
import type { Plan } from './plan.ts'
import { planOutdated } from './plan-outdated.ts'
import { planProjectVpcChannels } from './plan-project-vpc-channels.ts'
import { putChunk } from './put-chunk.ts'
import { refusalCauses } from './refusal-causes.ts'
import { runWrite } from './run-write.ts'
import { sharedRead } from './shared-read.ts'
import { upsertJudge } from './upsert-judge.ts'
import { upsertOnce } from './upsert-once.ts'
import {
  NOT_ATTEMPTED,
  notAttempted,
  throwIfAllFailed,
  type UpsertResult,
  upsertResult,
} from './upsert-result.ts'
import type { UpstreamServices } from './upstream-services.ts'
import type { Write, WriteRun } from './write.ts'
import { channelKey } from './write-locks.ts'
import { indexInList, targetInInstances, withProject } from './write-target.ts'

export interface UpsertOptions {
  /** Whether to read the channels first, to distinguish CREATED, UPDATED and UNCHANGED. */
  readonly needsOutcome: boolean
  /** A plan that must still hold. */
  readonly planId?: string | null | undefined
  /** Called with each result as soon as it is known, in no particular order. */
  readonly onResult?: (result: UpsertResult) => void
}

/** Batch calls that one operation has under way at once. */
const MAX_CONCURRENT_CALLS = 4

/**
 * Creates or updates the VPC channel of one name in several ROMA Connect instances: with one REST call for as many as the
 * cloud takes at once, unless a response does not say what happened. Returns one result per instance, in the order of the input.
 *
 * @throws {GatewayError} when no instance is known to have the channel
 */
export async function upsertProjectVpcChannels(
  services: UpstreamServices,
  input: UpsertProjectVpcChannelsInput,
  context: OperationContext,
  options: UpsertOptions,
): Promise<UpsertResult[]> {
  const results = await runWrite(upsertProjectVpcChannelsWrite, services, input, context, options)
  throwIfAllFailed(results)
  return results
}

export const upsertProjectVpcChannelsWrite: Write<
  UpsertProjectVpcChannelsInput,
  UpsertOptions,
  UpsertResult[]
> = {
  field: 'upsertProjectVpcChannels',
  planFields: ['planProjectVpcChannels'],
  rules: upsertProjectVpcChannelsRules,
  parameters: { ...channelParameters, instance_ids: parameterAt('instanceIds') },
  withProject,
  target: targetInInstances,
  lockKeys: ({ projectId, instanceIds, name }) =>
    instanceIds.map((id) => channelKey('ROMA_CONNECT', projectId, id, name)),
  perform,
  outcomes: (results) =>
    results.map(({ vpcChannel, ...result }) => ({
      ...result,
      effect: effectOf(result.error),
      vpcChannelId: vpcChannel?.id,
    })),
  resultIndex: indexInList,
}

type CheckedRun = WriteRun<UpsertProjectVpcChannelsInput & { readonly projectId: ProjectId }>
type Channels = ReadonlyMap<string, VpcChannel>

async function perform(
  given: WriteRun<UpsertProjectVpcChannelsInput>,
  options: UpsertOptions,
): Promise<UpsertResult[]> {
  const { services, context } = given
  const input = { ...given.input, projectId: projectId(given.input.projectId ?? '') }
  const run: CheckedRun = { ...given, input }
  const observe = sharedRead(() => observedChannels(services, input, context))
  const { before, done } = await beforehand(run, options, observe)
  const finished = new Map<string, UpsertResult>()
  const finish = (result: UpsertResult): void => {
    finished.set(result.instanceId, result)
    options.onResult?.(result)
  }
  for (const [id, channel] of done) finish(upsertResult(id, input, channel, 'UNCHANGED'))
  const left = input.instanceIds.filter((id) => !done.has(id))
  const upsert = chunkUpsert(run, before, observe)
  await Promise.all(
    chunked(left, services.instancesPerCall).map(async (instanceIds) => {
      for (const result of await upsert(instanceIds)) finish(result)
    }),
  )
  return input.instanceIds.map((id) => finished.get(id) ?? notAttempted(id))
}

/** Upserts chunks, with a bound on their calls. A chunk that waits between two looks has no call under way. */
function chunkUpsert(
  run: CheckedRun,
  before: Channels | undefined,
  observe: () => Promise<Channels>,
): (instanceIds: readonly string[]) => Promise<UpsertResult[]> {
  const { services, input, context } = run
  const limited = pLimit(MAX_CONCURRENT_CALLS)
  const judge = upsertJudge(input, before)
  const obstacles = refusalCauses(services, input, context)
  return async (instanceIds) => {
    const known = await upsertOnce(instanceIds, {
      put: (ids) =>
        limited(() => {
          // With less than a millisecond left nothing would be sent.
          if (context.deadline - performance.now() < 1) throw NOT_ATTEMPTED
          return putChunk(run, input.projectId, ids)
        }),
      observe,
      judge: judge.verdict,
      wasExact: judge.wasExact,
      obstacles,
      settling: { settlingMs: services.limits.settlingMs, deadline: context.deadline },
    })
    return instanceIds.map((id) => upsertResult(id, input, known.get(id), judge.outcome(id)))
  }
}

/** What was there before the write. */
interface Beforehand {
  /** `undefined` where it was not read. */
  readonly before: Channels | undefined
  /** Instances that are as planned already, and so not written: a plan can be applied again after its response was lost. */
  readonly done: Channels
}

/** @throws {GatewayError} PLAN_OUTDATED where something changed since the plan, other than what the plan itself does */
async function beforehand(
  { services, input, context }: CheckedRun,
  { planId, needsOutcome }: UpsertOptions,
  observe: () => Promise<Channels>,
): Promise<Beforehand> {
  try {
    // An empty id is a plan that does not hold.
    if (planId !== undefined && planId !== null) {
      const plan = await planProjectVpcChannels(services, input, context)
      const outdated = planOutdated(planId, input, plan)
      if (outdated !== null) throw outdated
      const done = new Map([...plan.observed].filter(([id]) => isUnchangedIn(plan, id)))
      return { before: plan.observed, done }
    }
    return { before: needsOutcome ? await observe() : undefined, done: new Map() }
  } catch (error) {
    throw error instanceof GatewayError ? error.withEffect('NOT_APPLIED') : error
  }
}

const isUnchangedIn = ({ instances }: Plan, id: string): boolean =>
  instances.some(({ instanceId, action }) => instanceId === id && action === 'UNCHANGED')

function chunked<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}
