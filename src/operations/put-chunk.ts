import { errorOfFailure, type FailedCall } from '../errors/error-of-failure.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import type { ProjectId } from '../lib/ids.ts'
import * as roma from '../upstream/api/roma.ts'
import type { UpstreamSuccess } from '../upstream/client/upstream-response.ts'
import { isErrorBody } from '../upstream/http/error-body.ts'
import { unreadable } from '../upstream/upstream-failure.ts'
import { isObject, type JsonObject, readText } from '../vpc-channel/read-json.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'
import { projectVpcChannelsBody } from '../vpc-channel/vpc-channel-request.ts'
import { readVpcChannel } from '../vpc-channel/vpc-channel-response.ts'
import { failedBatch } from './failed-write.ts'
import { mapUpstreamError } from './map-upstream-error.ts'
import type { WriteRun } from './write.ts'

/** What one PUT says of an instance: the channel it now has, or why it has none; no entry where the response has none. */
export type ChunkResult = ReadonlyMap<string, VpcChannel | GatewayError>

/**
 * Sends one batch call for some of the input's instances, at most as many as the cloud takes at once.
 *
 * @throws {GatewayError} where the call failed as a whole
 */
export async function putChunk(
  { services, input, context, call, failedCall }: WriteRun<UpsertProjectVpcChannelsInput>,
  projectId: ProjectId,
  instanceIds: readonly string[],
): Promise<ChunkResult> {
  const failedFor = (sentTo: readonly string[]): FailedCall => failedBatch(failedCall, input, sentTo)
  const ofChunk = failedFor(instanceIds)
  const body = projectVpcChannelsBody({ ...input, instanceIds })
  const success = await mapUpstreamError(
    roma.upsertProjectVpcChannels(services.clients.ROMA_CONNECT, projectId, body, call),
    ofChunk,
  )
  const items = itemsByInstance(success)
  if (items === null) throw errorOfFailure(unreadable(success), ofChunk)
  return new Map(
    instanceIds.map((instanceId) => {
      const item = items.get(instanceId)
      if (item === undefined) return [instanceId, missingInstance(success)]
      if (isErrorBody(item)) {
        return [instanceId, errorOfFailure(success.refusal(item), failedFor([instanceId]))]
      }
      const origin = { product: 'ROMA_CONNECT', projectId, instanceId, name: input.name } as const
      return [instanceId, readVpcChannel(item, origin, context.noteUnknown) ?? missingInstance(success)]
    }),
  )
}

/** The channels of a response by their instance; `null` where it has none to read. */
function itemsByInstance(success: UpstreamSuccess): Map<string, JsonObject> | null {
  const list = isObject(success.body) ? success.body['project_vpc_channels'] : undefined
  if (!Array.isArray(list)) return null
  return new Map(list.filter(isObject).map((item) => [readText(item['instance_id']) ?? '', item]))
}

/** The page names no list of failures: an instance that the response leaves out may or may not have the channel. */
const missingInstance = ({ service, operation, status, requestId }: UpstreamSuccess): GatewayError =>
  new GatewayError('UPSTREAM_BAD_RESPONSE', {
    reason: 'INSTANCE_MISSING_FROM_ANSWER',
    effect: 'UNKNOWN',
    upstream: { service, operation, status, errorCode: null, message: null, requestId },
  })
