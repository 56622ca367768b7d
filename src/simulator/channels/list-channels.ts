import type { Cloud } from '../cloud/cloud.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { channelView, projectChannelDetailView, projectChannelView } from '../views/channel-view.ts'
import { channelFilter } from './channel-filter.ts'
import type { InstanceScope } from './instance-scope.ts'
import { pageOf } from './page-of.ts'

/** `GET …/instances/{instance_id}/vpc-channels` */
export function listChannels(call: Call, { cloud, product, instance }: InstanceScope): Answer {
  const found = cloud.channelsOf(instance).filter(channelFilter(call.query, cloud.seed))
  const page = pageOf(found, call.query).map((channel) => channelView(channel, { seed: cloud.seed, product }))
  return { status: 200, body: { size: page.length, total: found.length, vpc_channels: page } }
}

/** `GET /v2/{project_id}/apic/vpc-channels`: over all of the project's ROMA Connect instances. */
export function listProjectChannels(call: Call, cloud: Cloud, projectId: string): Answer {
  const matches = channelFilter(call.query, cloud.seed)
  const found = cloud
    .instancesOf(projectId, 'roma')
    .flatMap((instance) => cloud.channelsOf(instance).map((channel) => ({ instance, channel })))
    .filter(({ channel }) => matches(channel))
  const view = call.query.get('members_return') === 'true' ? projectChannelDetailView : projectChannelView
  const page = pageOf(found, call.query).map(({ channel, instance }) =>
    view(channel, instance, { seed: cloud.seed, product: 'roma' }),
  )
  return { status: 200, body: { size: page.length, total: found.length, project_vpc_channels: page } }
}
