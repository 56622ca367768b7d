import type { Difference, Scope, WriteKind } from './comparison.ts'
import { vpcChannel } from './fields.ts'
import type { VpcChannel } from './vpc-channel.ts'
import type { VpcChannelInput } from './vpc-channel-input.ts'

/**
 * In what a channel differs from an input. Servers and groups are multisets: their order means nothing. What the input
 * leaves out is what the cloud fills in: a server's port is the channel's, its weight its group's or 1, and so on. Spellings
 * that mean the same are the same. What the cloud does not keep (`dictCode` is not supported yet) is no difference.
 */
export const channelDifferences = (
  input: VpcChannelInput,
  channel: VpcChannel,
  kind: WriteKind,
): Difference[] => vpcChannel.differences('', input, channel, scopeOf(input, channel, kind))

/** What an input asks for and an update leaves as it is: a channel keeps its type (vendor's page of 2025-12-18). */
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
