import type { InstanceScope } from '../channels/instance-scope.ts'
import { isFeatureName } from '../cloud/feature-names.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { featureChangedLately, featureUnknown } from '../refusals.ts'
import { FEATURE_TABLE } from '../validation/feature-table.ts'
import { readBody } from '../validation/read-body.ts'
import { featureView } from '../views/feature-view.ts'

interface FeatureRequest {
  readonly name: string
  readonly enable: boolean
  readonly config?: string
}

/** `POST …/instances/{instance_id}/features` */
export function setFeature(call: Call, scope: InstanceScope): Answer {
  const { cloud, instance } = scope
  // The table just checked is this type, row by row.
  const request = readBody(scope, call, FEATURE_TABLE) as unknown as FeatureRequest
  const { name, enable } = request
  if (!isFeatureName(name)) throw featureUnknown(name)
  if (!cloud.features.mayChange(instance, name)) throw featureChangedLately(name)
  const { config = cloud.features.of(instance, name).config } = request
  cloud.features.set(instance, name, { enable, config, updateTime: cloud.timestamp() })
  return { status: 201, body: featureView(scope, name) }
}
