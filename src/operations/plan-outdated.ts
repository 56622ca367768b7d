import { GatewayError } from '../errors/gateway-error.ts'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'
import type { InstancePlan, Plan } from './plan.ts'
import { comparePlan } from './plan-id.ts'

/**
 * Why a plan cannot be applied, with the plan of what is there now; `null` where it can. An instance that is as it was, or
 * already as asked, is no obstacle.
 */
export function planOutdated(
  planId: string,
  input: UpsertProjectVpcChannelsInput,
  now: Plan,
): GatewayError | null {
  const { isOfInput, changed } = comparePlan(planId, input, now.instances)
  const isObstacle = ({ instanceId, action }: InstancePlan): boolean =>
    changed.has(instanceId) && action !== 'UNCHANGED'
  if (isOfInput && !now.instances.some(isObstacle)) return null
  return new GatewayError('CONFLICT', {
    reason: 'PLAN_OUTDATED',
    effect: 'NOT_APPLIED',
    planId: now.planId,
    validation: now.instances.map(({ instanceId, action, changes, error }, index) => ({
      path: ['input', 'instanceIds', index],
      rule: 'PLAN_OUTDATED',
      params: {
        instanceId,
        action,
        changes,
        changed: changed.has(instanceId),
        ...(error !== null && { code: error.code, reason: error.reason }),
      },
      source: 'GATEWAY',
    })),
  })
}
