import type { FailedCall } from '../errors/error-of-failure.ts'
import type { GatewayError } from '../errors/gateway-error.ts'
import { type FaultPath, isUpstreamRule } from '../errors/validation-fault.ts'
import { refusedPath } from '../vpc-channel/refused-path.ts'
import type { ParameterTable } from '../vpc-channel/rest-parameters.ts'
import type { UpsertProjectVpcChannelsInput } from '../vpc-channel/vpc-channel-input.ts'

/** A REST call of a write, as its error depends on it. */
export const failedWrite = (parameters: ParameterTable, input: object): FailedCall => ({
  kind: 'WRITE',
  pathOf: (parameter, quoted) => refusedPath(parameters, input, parameter, quoted),
})

/** A batch call that was sent for some instances of an input: what is wrong with an instance is wrong with the only one. */
export const failedBatch = (
  failedCall: FailedCall,
  input: UpsertProjectVpcChannelsInput,
  sentTo: readonly string[],
): FailedCall => {
  const [only, ...others] = sentTo
  if (only === undefined || others.length > 0) return failedCall
  return {
    ...failedCall,
    pathOf: (parameter, quoted) =>
      parameter === 'instance_ids[]' ? pathOfInstance(input, only) : failedCall.pathOf(parameter, quoted),
  }
}

/** What keeps one instance from taking part in a batch, said of its place in the input. */
export function atInstance(
  error: GatewayError,
  input: UpsertProjectVpcChannelsInput,
  instanceId: string,
): GatewayError {
  const rule = error.reason ?? error.code
  if (!isUpstreamRule(rule)) return error
  const path = pathOfInstance(input, instanceId)
  return error.with({ validation: [{ path, rule, params: {}, source: 'UPSTREAM' }] })
}

const pathOfInstance = ({ instanceIds }: UpsertProjectVpcChannelsInput, instanceId: string): FaultPath => [
  'input',
  'instanceIds',
  instanceIds.indexOf(instanceId),
]
