import type { Channel } from '../cloud/channel.ts'
import type { Cloud } from '../cloud/cloud.ts'
import { copyChannel, overwritten } from '../cloud/copy-channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { channelNameTaken, channelNotFound } from '../refusals.ts'
import { readSyncRequest } from '../validation/read-sync-request.ts'
import { projectChannelDetailView } from '../views/channel-view.ts'
import { viewContext } from '../views/view-context.ts'
import { assertRoom, targetsOf } from './project-targets.ts'

/**
 * `POST /v2/{project_id}/apic/vpc-channels/syncs`: copies the channel of one instance to others. The vendor does not say what
 * becomes of channels of its name: `force_sync` overwrites them, without it the call is refused.
 */
export function syncInProject(call: Call, cloud: Cloud, projectId: string): Answer {
  const request = readSyncRequest({ cloud, product: 'ROMA_CONNECT' }, call)
  const source = findInProject(cloud, projectId, request.vpc_channel_id)
  const targets = targetsOf(cloud, projectId, request.instance_ids, source.name)
  if (!request.force_sync && targets.some(({ present }) => present)) throw channelNameTaken(source.name)
  assertRoom(cloud, targets)
  const now = cloud.timestamp()
  const context = viewContext(call, cloud, 'ROMA_CONNECT', now)
  const channels = targets.map(({ instance, present }) => {
    const wanted = present ? overwritten(present, source, now) : copyChannel(source, instance.id, now)
    const channel = present?.id === source.id ? source : cloud.put(wanted)
    return projectChannelDetailView(channel, instance, context)
  })
  return { status: 201, body: { project_vpc_channels: channels } }
}

function findInProject(cloud: Cloud, projectId: string, id: string): Channel {
  for (const instance of cloud.instancesOf(projectId, 'ROMA_CONNECT')) {
    const channel = cloud.channel(instance, id)
    if (channel) return channel
  }
  throw channelNotFound(id)
}
