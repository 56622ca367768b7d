import type { Difference, Scope, WriteKind } from './comparison.ts'
import { vpcChannel } from './fields.ts'
import type { VpcChannel } from './vpc-channel.ts'
import type { VpcChannelInput } from './vpc-channel-input.ts'

/**
 * The differences between a channel and an input. Servers and groups are multisets without an order. Where the input leaves
 * out a value, the cloud's default is expected: for a server the port of the channel, the weight of its group or 1, and so on.
 * Equivalent spellings are equal. A value that the cloud does not keep (`dictCode` is not supported yet) is no difference.
 */
export const channelDifferences = (
  input: VpcChannelInput,
  channel: VpcChannel,
  kind: WriteKind,
): Difference[] => vpcChannel.differences('', input, channel, scopeOf(input, channel, kind))

/** The differences that an update does not remove: a channel keeps its type (vendor's page of 2025-12-18). */
export const ignoredByUpdate = (input: VpcChannelInput, channel: VpcChannel): Difference[] =>
  input.type && channel.type && input.type !== channel.type
    ? [{ path: 'type', wanted: input.type, found: channel.type, certain: true }]
    : []

const scopeOf = (input: VpcChannelInput, channel: VpcChannel, kind: WriteKind): Scope => ({
  kind,
  memberType: input.memberType,
  type: input.type,
  wantedPort: input.port,
  groupWeights: new Map(input.memberGroups?.map((group) => [group.name, group.weight])),
  foundPort: channel.port,
})
