import type { Effect } from '../errors/error-code.ts'
import { instanceId, projectId } from '../lib/ids.ts'
import * as apig from '../upstream/api/apig.ts'
import { unreadable } from '../upstream/upstream-failure.ts'
import { channelDifferences } from '../vpc-channel/channel-differences.ts'
import { channelParameters, parameterAt } from '../vpc-channel/rest-parameters.ts'
import { createVpcChannelRules } from '../vpc-channel/rules/vendor-rules.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import type { CreateVpcChannelInput } from '../vpc-channel/vpc-channel-input.ts'
import { createVpcChannelBody } from '../vpc-channel/vpc-channel-request.ts'
import { readVpcChannel } from '../vpc-channel/vpc-channel-response.ts'
import { isClearlyOlder } from './cloud-time.ts'
import { type Creation, createOnce } from './create-once.ts'
import { findVpcChannelNamed } from './find-vpc-channel-named.ts'
import { upstreamError } from './map-upstream-error.ts'
import type { OperationContext } from './operation-context.ts'
import { runWrite } from './run-write.ts'
import type { UpstreamServices } from './upstream-services.ts'
import type { Write, WriteRun } from './write.ts'
import { channelKey } from './write-locks.ts'
import { targetInInstance, withProject } from './write-target.ts'

export interface CreateOptions {
  /** Whether an existing channel that matches the input exactly is a success: for a client that repeats a creation. */
  readonly acceptIdentical: boolean
}

/**
 * Creates a VPC channel in an APIG instance: with one REST call, unless its response does not say what happened.
 *
 * @throws {GatewayError} with `effect`, which says whether the channel may exist all the same
 */
export const createVpcChannel = (
  services: UpstreamServices,
  input: CreateVpcChannelInput,
  context: OperationContext,
  options: CreateOptions,
): Promise<Creation> => runWrite(createVpcChannelWrite, services, input, context, options)

/** What this request did, by outcome. */
const EFFECTS = {
  CREATED: 'APPLIED',
  UNCHANGED: 'NOT_APPLIED',
  UNKNOWN: 'UNKNOWN',
} as const satisfies Record<Creation['outcome'], Effect>

export const createVpcChannelWrite: Write<CreateVpcChannelInput, CreateOptions, Creation> = {
  field: 'createVpcChannel',
  planFields: [],
  rules: createVpcChannelRules,
  parameters: { ...channelParameters, instance_id: parameterAt('instanceId') },
  withProject,
  target: targetInInstance,
  lockKeys: (input) => [channelKey('APIG', input.projectId, input.instanceId, input.name)],
  perform,
  outcomes: ({ outcome, vpcChannel: { instanceId, id: vpcChannelId } }) => [
    { instanceId, outcome, effect: EFFECTS[outcome], vpcChannelId, error: null },
  ],
  resultIndex: () => undefined,
}

function perform(
  { services, input, context, call, failedCall }: WriteRun<CreateVpcChannelInput>,
  { acceptIdentical }: CreateOptions,
): Promise<Creation> {
  const instance = { projectId: projectId(input.projectId ?? ''), instanceId: instanceId(input.instanceId) }
  const origin = { product: 'APIG', ...instance, name: input.name } as const
  const body = createVpcChannelBody(input)
  const sentAt = Date.now()

  const create = async (): Promise<VpcChannel> => {
    try {
      const success = await apig.createVpcChannel(services.clients.APIG, instance, body, call)
      const channel = readVpcChannel(success.body, origin, context.noteUnknown)
      if (channel?.id === undefined) throw unreadable(success)
      return channel
    } catch (error) {
      throw upstreamError(error, failedCall)
    }
  }
  return createOnce({
    create,
    lookUp: () => findVpcChannelNamed(services, origin, context),
    differences: (channel) => channelDifferences(input, channel, 'CREATE'),
    isOlder: ({ channel, times }) => isClearlyOlder(channel.createdAt, sentAt, times),
    acceptIdentical,
    settling: { settlingMs: services.limits.settlingMs, deadline: context.deadline },
  })
}
