import { hash } from 'node:crypto'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'
import { projectVpcChannelsBody } from '../vpc-channel/vpc-channel-request.ts'
import type { InstancePlan } from './plan.ts'

const INPUT_BYTES = 12
const INSTANCE_BYTES = 8

/** What a plan says of an instance, and the id of the channel that it was made from. */
type Seen = Pick<InstancePlan, 'instanceId' | 'channelId' | 'action' | 'changes' | 'error'>

/** The id of a plan: a digest of the input, then one of each instance's plan in their order. */
export function planIdOf(input: UpsertProjectVpcChannelsInput, instances: readonly Seen[]): string {
  return Buffer.concat([inputDigest(input), ...instances.map(instanceDigest)]).toString('base64url')
}

/** How an earlier plan compares with what is there now. */
export interface PlanComparison {
  /** Whether it is a plan of this input at all. */
  readonly isOfInput: boolean
  /** The instances whose plan is different now. */
  readonly changed: ReadonlySet<string>
}

export function comparePlan(
  planId: string,
  input: UpsertProjectVpcChannelsInput,
  instances: readonly Seen[],
): PlanComparison {
  const bytes = Buffer.from(planId, 'base64url')
  const isOfInput =
    bytes.length === INPUT_BYTES + instances.length * INSTANCE_BYTES &&
    bytes.subarray(0, INPUT_BYTES).equals(inputDigest(input))
  const changed = instances.filter((instance, index) => {
    const at = INPUT_BYTES + index * INSTANCE_BYTES
    return !isOfInput || !bytes.subarray(at, at + INSTANCE_BYTES).equals(instanceDigest(instance))
  })
  return { isOfInput, changed: new Set(changed.map(({ instanceId }) => instanceId)) }
}

const inputDigest = (input: UpsertProjectVpcChannelsInput): Buffer =>
  digest([input.projectId, projectVpcChannelsBody(input)], INPUT_BYTES)

function instanceDigest({ instanceId, channelId, action, changes, error }: Seen): Buffer {
  // The cloud lists members and groups in any order.
  const sorted = changes.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  return digest(
    [instanceId, channelId, action, sorted, error?.code ?? null, error?.reason ?? null],
    INSTANCE_BYTES,
  )
}

const digest = (value: unknown, bytes: number): Buffer =>
  hash('sha256', JSON.stringify(value), 'buffer').subarray(0, bytes)
