import type { Channel } from '../cloud/channel.ts'
import type { ChannelRequest, ProjectChannelRequest } from '../cloud/channel-request.ts'
import type { Cloud } from '../cloud/cloud.ts'
import { createChannel } from '../cloud/create-channel.ts'
import type { Timestamp } from '../cloud/timestamp.ts'
import { updateChannel } from '../cloud/update-channel.ts'
import type { Answer, Call } from '../http/exchange.ts'
import { channelNameTaken } from '../refusals.ts'
import { readProjectChannelRequest } from '../validation/read-channel-request.ts'
import { projectChannelDetailView } from '../views/channel-view.ts'
import { viewContext } from '../views/view-context.ts'
import { assertRoom, type Target, targetsOf } from './project-targets.ts'

/** `POST /v2/{project_id}/apic/vpc-channels` */
export function createInProject(call: Call, cloud: Cloud, projectId: string): Answer {
  const request = readProjectChannelRequest({ cloud, product: 'ROMA_CONNECT' }, call)
  const targets = targetsOf(cloud, projectId, request.instance_ids, request.name)
  // Today the name must be free in the whole project: the ROMA page of 2025-12-18.
  const others = cloud.edition === 'current' ? cloud.instancesOf(projectId, 'ROMA_CONNECT') : []
  const isTaken =
    targets.some(({ present }) => present) ||
    others.some((instance) => cloud.channelNamed(instance, request.name))
  if (isTaken) throw channelNameTaken(request.name)
  assertRoom(cloud, targets)
  return answer(201, call, cloud, request, targets)
}

/** `PUT /v2/{project_id}/apic/vpc-channels`: updates by name where there is such a channel, else creates it. */
export function upsertInProject(call: Call, cloud: Cloud, projectId: string): Answer {
  const request = readProjectChannelRequest({ cloud, product: 'ROMA_CONNECT' }, call)
  const targets = targetsOf(cloud, projectId, request.instance_ids, request.name)
  assertRoom(cloud, targets)
  return answer(200, call, cloud, request, targets)
}

function answer(
  status: number,
  call: Call,
  cloud: Cloud,
  request: ProjectChannelRequest,
  targets: readonly Target[],
): Answer {
  const now = cloud.timestamp()
  const context = viewContext(call, cloud, 'ROMA_CONNECT', now)
  const channels = targets.map((target) => {
    const channel = write(cloud, target, request, now)
    return projectChannelDetailView(channel, target.instance, context)
  })
  return { status, body: { project_vpc_channels: channels } }
}

function write(
  cloud: Cloud,
  { instance, present }: Target,
  request: ChannelRequest,
  now: Timestamp,
): Channel {
  return cloud.put(
    present ? updateChannel('ROMA_CONNECT', present, request, now) : createChannel(instance.id, request, now),
  )
}
