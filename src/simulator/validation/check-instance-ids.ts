import { parameterMissing, parameterRefused } from '../refusals.ts'
import type { Rules } from './rules.ts'

/** `PROJECT_VPC_OPERATOR_NUM_LIMIT` bounds the instances of one call. */
export function checkInstanceIds({ cloud, product }: Rules, ids: readonly string[]): void {
  if (ids.length === 0) throw parameterMissing(product, 'instance_ids')
  if (ids.length > cloud.seed.limits.instancesPerBatch) throw parameterRefused('tooLarge', 'instance_ids')
  if (new Set(ids).size < ids.length) throw parameterRefused('invalid', 'instance_ids')
}
