import { channelDifferences } from '../translation/channel-differences.ts'
import type { VpcChannel } from '../translation/vpc-channel.ts'
import type { CreateVpcChannelInput } from '../translation/vpc-channel-input.ts'
import { createVpcChannelBody } from '../translation/vpc-channel-request.ts'
import { readVpcChannel } from '../translation/vpc-channel-response.ts'
import * as apig from '../upstream/apig/apig-api.ts'
import { instanceId, projectId } from '../upstream/ids.ts'
import { unreadable } from '../upstream/upstream-failure.ts'
import type { Cloud } from './cloud.ts'
import { createOnce } from './create-once.ts'
import { explanation } from './explain.ts'
import { failedCreate } from './failed-write.ts'
import { findVpcChannelNamed } from './find-vpc-channel-named.ts'
import { callContext, type OperationContext } from './operation-context.ts'
import { recordedWrite } from './recorded-write.ts'
import { refuseFaults } from './refuse-faults.ts'

/**
 * Creates a VPC channel in an APIG instance: with one REST call, unless its answer does not say what happened.
 *
 * @throws {GatewayError} with `effect`: whether the channel may exist all the same
 */
export function createVpcChannel(
  cloud: Cloud,
  given: CreateVpcChannelInput,
  context: OperationContext,
): Promise<VpcChannel> {
  const input = { ...given, projectId: given.projectId ?? context.projectId }
  return recordedWrite(
    context,
    {
      field: 'createVpcChannel',
      projectId: input.projectId,
      name: input.name,
      instanceIds: [input.instanceId],
    },
    (recording) => created(cloud, input, recording),
    ({ instanceId, id: vpcChannelId }) => [
      { instanceId, outcome: 'CREATED', effect: 'APPLIED', vpcChannelId, error: null },
    ],
  )
}

function created(cloud: Cloud, input: CreateVpcChannelInput, context: OperationContext): Promise<VpcChannel> {
  const caller = callContext(context)
  refuseFaults(cloud.checkCreate(input))

  const instance = { projectId: projectId(input.projectId ?? ''), instanceId: instanceId(input.instanceId) }
  const origin = { product: 'APIG', ...instance, name: input.name } as const
  const body = createVpcChannelBody(input)

  const create = async (): Promise<VpcChannel> => {
    try {
      const success = await apig.createVpcChannel(cloud.apig, instance, body, caller)
      const channel = readVpcChannel(success.body, origin, context.noteUnknown)
      if (channel?.id === undefined) throw unreadable(success)
      return channel
    } catch (error) {
      throw explanation(error, failedCreate(input))
    }
  }
  return cloud.locks.run([`APIG ${instance.projectId} ${instance.instanceId} ${input.name}`], () =>
    createOnce({
      create,
      lookUp: () => findVpcChannelNamed(cloud, origin, context),
      isWanted: (channel) => channelDifferences(input, channel).length === 0,
    }),
  )
}
