import type { InstanceScope } from '../channels/instance-scope.ts'
import { pageOf } from '../channels/page-of.ts'
import { textMatch } from '../channels/text-match.ts'
import type { SeededApi } from '../cloud/seed.ts'
import type { Answer, Call } from '../http/exchange.ts'
import type { PathParameters } from '../http/route.ts'
import { apiNotFound } from '../refusals.ts'
import { apiDetailView, apiView } from '../views/api-view.ts'

/** `GET …/instances/{instance_id}/apis`: does not show the backends, which only a show does. */
export function listApis(call: Call, scope: InstanceScope): Answer {
  const { cloud, instance, product } = scope
  const { matchesText, matchesExactly } = textMatch(call.query)
  const channelName = ({ channelId }: SeededApi): string => cloud.channel(instance, channelId)?.name ?? ''
  const found = cloud
    .apisOf(instance)
    .filter(
      (api) =>
        matchesExactly('id', api.id) &&
        matchesText('name', api.name) &&
        matchesExactly('vpc_channel_name', channelName(api)) &&
        (product === 'APIG' || matchesExactly('vpc_channel_id', api.channelId)),
    )
  const page = pageOf(scope, found, call.query).map(apiView)
  return { status: 200, body: { size: page.length, total: found.length, apis: page } }
}

/** `GET …/instances/{instance_id}/apis/{api_id}` */
export function showApi(_: Call, { cloud, instance }: InstanceScope, parameters: PathParameters): Answer {
  const id = parameters['api_id'] ?? ''
  const api = cloud.apisOf(instance).find((candidate) => candidate.id === id)
  if (!api) throw apiNotFound(id)
  return { status: 200, body: apiDetailView(api, cloud.channel(instance, api.channelId)) }
}
