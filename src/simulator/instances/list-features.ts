import type { InstanceScope } from '../channels/instance-scope.ts'
import { pageOf } from '../channels/page-of.ts'
import { FEATURE_NAMES } from '../cloud/feature-names.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { featureView } from '../views/feature-view.ts'

/** `GET …/instances/{instance_id}/features` */
export function listFeatures(call: Call, scope: InstanceScope): Answer {
  const page = pageOf(scope, FEATURE_NAMES, call.query).map((name) => featureView(scope, name))
  return { status: 200, body: { size: page.length, total: FEATURE_NAMES.length, features: page } }
}

/** `GET …/instances/{instance_id}/instance-features`, of APIG alone: the names that the instance supports. */
export function listFeatureNames(call: Call, scope: InstanceScope): Answer {
  const page = pageOf(scope, FEATURE_NAMES, call.query)
  return { status: 200, body: { size: page.length, total: FEATURE_NAMES.length, features: page } }
}
