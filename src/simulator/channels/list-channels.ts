import type { Channel } from '../cloud/channel.ts'
import type { Cloud } from '../cloud/cloud.ts'
import type { Instance } from '../cloud/seed.ts'
import type { Answer, Call } from '../http/exchange.ts'
import type { Rules } from '../validation/rules.ts'
import { channelView, projectChannelDetailView, projectChannelView } from '../views/channel-view.ts'
import { viewContext } from '../views/view-context.ts'
import { channelFilter } from './channel-filter.ts'
import type { InstanceScope } from './instance-scope.ts'
import { pageOf } from './page-of.ts'

/** `GET …/instances/{instance_id}/vpc-channels` */
export function listChannels(call: Call, scope: InstanceScope): Answer {
  const { cloud, product, instance } = scope
  const { found, total } = look(call, scope, [instance])
  const context = viewContext(call, cloud, product)
  const page = pageOf(scope, found, call.query).map(({ channel }) => channelView(channel, context))
  return { status: 200, body: { size: page.length, total, vpc_channels: page } }
}

/** `GET /v2/{project_id}/apic/vpc-channels`: over all of the project's ROMA Connect instances. */
export function listProjectChannels(call: Call, cloud: Cloud, projectId: string): Answer {
  const rules: Rules = { cloud, product: 'ROMA_CONNECT' }
  const { found, total } = look(call, rules, cloud.instancesOf(projectId, 'ROMA_CONNECT'))
  const view = call.query.get('members_return') === 'true' ? projectChannelDetailView : projectChannelView
  const context = viewContext(call, cloud, 'ROMA_CONNECT')
  const page = pageOf(rules, found, call.query).map(({ channel, instance }) =>
    view(channel, instance, context),
  )
  return { status: 200, body: { size: page.length, total, project_vpc_channels: page } }
}

interface Found {
  readonly instance: Instance
  readonly channel: Channel
}

/** The items, and their total, which can be of another age. */
function look(
  call: Call,
  { cloud, product }: Rules,
  instances: readonly Instance[],
): { readonly found: readonly Found[]; readonly total: number } {
  const matches = channelFilter({ cloud, product }, call.query)
  const asOf = (ageMs: number): Found[] =>
    instances.flatMap((instance) =>
      cloud
        .channelsOf(instance, ageMs)
        .filter(matches)
        .map((channel) => ({ instance, channel })),
    )
  const { listMs = 0, totalMs = listMs } = call.lag ?? {}
  const found = asOf(listMs)
  return { found, total: totalMs === listMs ? found.length : asOf(totalMs).length }
}
