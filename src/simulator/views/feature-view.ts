import { createHash } from 'node:crypto'
import type { Cloud } from '../cloud/cloud.ts'
import type { FeatureName } from '../cloud/feature-names.ts'
import type { Instance } from '../cloud/seed.ts'
import type { JsonObject } from '../http/json.ts'

interface FeatureContext {
  readonly cloud: Cloud
  readonly instance: Instance
}

export function featureView({ cloud, instance }: FeatureContext, name: FeatureName): JsonObject {
  const { enable, config, updateTime } = cloud.features.of(instance, name)
  return {
    id: createHash('md5').update(`${instance.id}/${name}`).digest('hex'),
    name,
    enable,
    config,
    instance_id: instance.id,
    update_time: updateTime,
  }
}
