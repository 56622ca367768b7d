import { vpcChannel } from './fields.ts'
import type { JsonObject } from './read-json.ts'
import type { CreateVpcChannelInput, UpsertProjectVpcChannelsInput } from './vpc-channel-input.ts'

/** APIG page, Table 3. */
export const createVpcChannelBody = (input: CreateVpcChannelInput): JsonObject => vpcChannel.write(input)

/** ROMA Connect page, Table 3: flat, unlike the page's example (every SDK of the vendor sends it flat). */
export const projectVpcChannelsBody = (input: UpsertProjectVpcChannelsInput): JsonObject => ({
  ...vpcChannel.write(input),
  instance_ids: [...input.instanceIds],
})
