import type { InstanceScope } from '../channels/instance-scope.ts'
import { pageOf } from '../channels/page-of.ts'
import { textMatch } from '../channels/text-match.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { instanceDetailView, instanceView, RUNNING } from '../views/instance-view.ts'

/** `GET /v2/{project_id}/apigw/instances` */
export function listInstances(call: Call, cloud: Cloud, projectId: string): Answer {
  const { matchesText, matchesExactly } = textMatch(call.query)
  const found = cloud
    .instancesOf(projectId, 'APIG')
    .filter(
      ({ id, name }) =>
        matchesExactly('instance_id', id) &&
        matchesText('instance_name', name) &&
        matchesExactly('status', RUNNING),
    )
  const page = pageOf({ cloud, product: 'APIG' }, found, call.query).map(instanceView)
  return { status: 200, body: { size: page.length, total: found.length, instances: page } }
}

/** `GET …/instances/{instance_id}`, in both products */
export function showInstance(_: Call, { instance }: InstanceScope): Answer {
  return { status: 200, body: instanceDetailView(instance) }
}
