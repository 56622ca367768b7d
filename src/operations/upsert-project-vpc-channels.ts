import { errorOfFailure, type FailedCall } from '../errors/error-of-failure.ts'
import { GatewayError } from '../errors/gateway-error.ts'
import { isObject, type JsonObject, readText } from '../translation/read-json.ts'
import { graphqlPathOf } from '../translation/rest-parameters.ts'
import type { VpcChannel } from '../translation/vpc-channel.ts'
import type { UpsertProjectVpcChannelsInput } from '../translation/vpc-channel-input.ts'
import { projectVpcChannelsBody } from '../translation/vpc-channel-request.ts'
import { readVpcChannel } from '../translation/vpc-channel-response.ts'
import { isErrorBody, readErrorBody } from '../upstream/error-body.ts'
import { projectId } from '../upstream/ids.ts'
import * as roma from '../upstream/roma/roma-api.ts'
import type { UpstreamSuccess } from '../upstream/upstream-client.ts'
import { NO_ANSWER, UpstreamFailure, unreadable } from '../upstream/upstream-failure.ts'
import type { Cloud } from './cloud.ts'
import { explained } from './explain.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import { refuseFaults } from './refuse-faults.ts'

/** What became of the channel in one instance. */
export type UpsertOutcome = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'FAILED' | 'UNKNOWN' | 'NOT_ATTEMPTED'

/** One requested instance's result: a channel where the cloud confirmed the write, an error where it did not. */
export interface UpsertResult {
  readonly instanceId: string
  readonly outcome: UpsertOutcome
  readonly vpcChannel: VpcChannel | null
  readonly error: GatewayError | null
}

/**
 * Creates or changes the VPC channel of one name in several ROMA Connect instances, with one REST call.
 * Answers one result per requested instance, in the order asked.
 *
 * @throws {GatewayError} when no instance is known to have the channel
 */
export async function upsertProjectVpcChannels(
  cloud: Cloud,
  given: UpsertProjectVpcChannelsInput,
  context: OperationContext,
): Promise<UpsertResult[]> {
  const caller = callContext(context)
  const input = { ...given, projectId: given.projectId ?? context.projectId }
  refuseFaults(cloud.checkUpsert(input))

  const failedCall: FailedCall = {
    kind: 'WRITE',
    token: caller.token,
    pathOf: (parameter) => graphqlPathOf('ROMA_CONNECT', parameter),
  }
  const project = projectId(input.projectId ?? '')
  const success = await explained(
    roma.upsertProjectVpcChannels(cloud.roma, project, projectVpcChannelsBody(input), caller),
    failedCall,
  )
  const items = itemsByInstance(success)
  if (items === null) throw errorOfFailure(unreadable(success), failedCall)
  const results = input.instanceIds.map((instanceId) => {
    const origin = { product: 'ROMA_CONNECT', projectId: project, instanceId, name: input.name } as const
    const item = items.get(instanceId)
    if (item === undefined) return unconfirmed(instanceId, success)
    if (isErrorBody(item)) return failed(instanceId, errorOfFailure(refusedItem(item, success), failedCall))
    const vpcChannel = readVpcChannel(item, origin, context.noteUnknown)
    return { instanceId, outcome: 'UNKNOWN', vpcChannel, error: null } as const
  })
  throwIfAllFailed(results)
  return results
}

/** The channels of an answer by their instance; `null` where the answer has none to read. */
function itemsByInstance(success: UpstreamSuccess): Map<string, JsonObject> | null {
  const list = isObject(success.body) ? success.body['project_vpc_channels'] : undefined
  if (!Array.isArray(list)) return null
  return new Map(list.filter(isObject).map((item) => [readText(item['instance_id']) ?? '', item]))
}

/** The page names no list of failures: an instance that the answer leaves out may or may not have the channel. */
function unconfirmed(
  instanceId: string,
  { service, operation, status, requestId }: UpstreamSuccess,
): UpsertResult {
  const error = new GatewayError('UPSTREAM_BAD_RESPONSE', {
    reason: 'INSTANCE_MISSING_FROM_ANSWER',
    effect: 'UNKNOWN',
    upstream: { service, operation, status, errorCode: null, message: null, requestId },
  })
  return { instanceId, outcome: 'UNKNOWN', vpcChannel: null, error }
}

const failed = (instanceId: string, error: GatewayError): UpsertResult => ({
  instanceId,
  outcome: error.effect === 'NOT_APPLIED' ? 'FAILED' : 'UNKNOWN',
  vpcChannel: null,
  error,
})

const refusedItem = (item: JsonObject, success: UpstreamSuccess): UpstreamFailure =>
  new UpstreamFailure('REFUSED', success, {
    sent: true,
    answer: { ...NO_ANSWER, ...readErrorBody(item), status: success.status, requestId: success.requestId },
  })

/** Where no instance succeeded there is no data to show: the operation itself has failed. */
function throwIfAllFailed(results: readonly UpsertResult[]): void {
  const errors = results.map((result) => result.error).filter((error) => error !== null)
  const [first] = errors
  if (first === undefined || errors.length < results.length) return
  throw first.withEffect(errors.every((error) => error.effect === 'NOT_APPLIED') ? 'NOT_APPLIED' : 'UNKNOWN')
}
