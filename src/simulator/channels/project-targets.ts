import type { Channel } from '../cloud/channel.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { Instance } from '../cloud/seed.ts'
import { nameModifiable } from '../refusals.ts'
import { assertQuota } from './assertions.ts'
import { findInstance } from './instance-scope.ts'

/** One instance of a batch, and its channel of the batch's name. */
export interface Target {
  readonly instance: Instance
  readonly present: Channel | undefined
}

/** Looks up every instance before the first write, so that a refused batch has changed nothing. */
export function targetsOf(
  cloud: Cloud,
  projectId: string,
  instanceIds: readonly string[],
  name: string,
): Target[] {
  const instances = instanceIds.map((id) => findInstance(cloud, 'ROMA_CONNECT', projectId, id))
  for (const instance of instances) {
    if (cloud.features.isNameModifiable(instance)) throw nameModifiable(instance.id)
  }
  return instances.map((instance) => ({ instance, present: cloud.channelNamed(instance, name) }))
}

/** A batch adds at most one channel to an instance, so one check before the first write is enough. */
export function assertRoom(cloud: Cloud, targets: readonly Target[]): void {
  for (const { instance, present } of targets) {
    if (!present) assertQuota(cloud, instance)
  }
}
