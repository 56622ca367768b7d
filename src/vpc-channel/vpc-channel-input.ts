import type { ChannelType } from './codes.ts'
import type {
  cceMicroservice,
  cseMicroservice,
  healthCheck,
  member,
  memberGroup,
  microserviceLabel,
  vpcChannel,
} from './fields.ts'
import type { InputOf } from './object-codec.ts'

/** The input fields of both mutations, in GraphQL's names. */
export interface VpcChannelInput extends InputOf<typeof vpcChannel> {
  /** In the path of the REST call. */
  projectId?: string | null | undefined
}

export interface CreateVpcChannelInput extends VpcChannelInput {
  instanceId: string
  type: ChannelType
}

export interface UpsertProjectVpcChannelsInput extends VpcChannelInput {
  instanceIds: readonly string[]
}

export type MemberGroupInput = InputOf<typeof memberGroup>
export type MicroserviceLabelInput = InputOf<typeof microserviceLabel>
export type MemberInput = InputOf<typeof member>
export type HealthCheckInput = InputOf<typeof healthCheck>
export type MicroserviceInput = NonNullable<VpcChannelInput['microservice']>
export type CseMicroserviceInput = InputOf<typeof cseMicroservice>
export type CceMicroserviceInput = InputOf<typeof cceMicroservice>
