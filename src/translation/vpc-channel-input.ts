import type {
  Availability,
  BalanceStrategy,
  ChannelType,
  HealthCheckMethod,
  HealthCheckProtocol,
  MemberType,
  WorkloadType,
} from './codes.ts'

/** A value that the caller may leave out; `null` says the same as leaving it out. */
type Optional<Value> = Value | null | undefined

/** What both mutations take, in GraphQL's names. */
export interface VpcChannelInput {
  projectId?: Optional<string>
  name: string
  port: number
  balanceStrategy: BalanceStrategy
  memberType: MemberType
  type?: Optional<ChannelType>
  dictCode?: Optional<string>
  memberGroups?: Optional<readonly MemberGroupInput[]>
  members?: Optional<readonly MemberInput[]>
  healthCheck?: Optional<HealthCheckInput>
  microservice?: Optional<MicroserviceInput>
}

export interface CreateVpcChannelInput extends VpcChannelInput {
  instanceId: string
  type: ChannelType
}

export interface UpsertProjectVpcChannelsInput extends VpcChannelInput {
  instanceIds: readonly string[]
}

export interface MemberGroupInput {
  name: string
  remark?: Optional<string>
  weight?: Optional<number>
  dictCode?: Optional<string>
  microserviceVersion?: Optional<string>
  microservicePort?: Optional<number>
  microserviceLabels?: Optional<readonly MicroserviceLabelInput[]>
}

export interface MicroserviceLabelInput {
  name: string
  value: string
}

export interface MemberInput {
  host?: Optional<string>
  ecsId?: Optional<string>
  ecsName?: Optional<string>
  port?: Optional<number>
  weight?: Optional<number>
  isBackup?: Optional<boolean>
  status?: Optional<Availability>
  memberGroupName?: Optional<string>
}

export interface HealthCheckInput {
  protocol: HealthCheckProtocol
  path?: Optional<string>
  method?: Optional<HealthCheckMethod>
  port?: Optional<number>
  httpCodes?: Optional<string>
  healthyThreshold: number
  unhealthyThreshold: number
  intervalSeconds: number
  timeoutSeconds: number
  enableClientSsl?: Optional<boolean>
  status?: Optional<Availability>
}

export interface MicroserviceInput {
  cse?: Optional<CseMicroserviceInput>
  cce?: Optional<CceMicroserviceInput>
}

export interface CseMicroserviceInput {
  engineId: string
  serviceId: string
}

export interface CceMicroserviceInput {
  clusterId: string
  namespace: string
  workloadType: WorkloadType
  appName?: Optional<string>
  labelKey?: Optional<string>
  labelValue?: Optional<string>
}
