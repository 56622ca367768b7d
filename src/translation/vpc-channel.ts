import type {
  Availability,
  BalanceStrategy,
  ChannelStatus,
  ChannelType,
  HealthCheckMethod,
  HealthCheckProtocol,
  MemberType,
  MicroserviceType,
  WorkloadType,
} from './codes.ts'

export type VpcChannelProduct = 'APIG' | 'ROMA_CONNECT'

/**
 * A VPC channel as GraphQL shows it: its plain properties are the type's fields.
 * `null` is what the cloud has nothing for; `undefined` is what this answer did not bring.
 */
export interface VpcChannel {
  product: VpcChannelProduct
  projectId: string
  instanceId: string
  instanceName: string | null
  /** The ROMA Connect page's example of a batch answer leaves the id out. */
  id: string | undefined
  name: string
  port: number | null
  balanceStrategy: BalanceStrategy | null
  memberType: MemberType | null
  type: ChannelType | null
  dictCode: string | null
  status: ChannelStatus | null
  createdAt: string | null
  memberGroups: MemberGroup[]
  members: Member[] | null | undefined
  healthCheck: HealthCheck | null | undefined
  microservice: Microservice | null
}

export interface MemberGroup {
  id: string | null
  name: string | null
  remark: string | null
  weight: number | null
  dictCode: string | null
  microserviceVersion: string | null
  microservicePort: number | null
  microserviceLabels: MicroserviceLabel[] | null
  createdAt: string | null
  updatedAt: string | null
}

export interface MicroserviceLabel {
  name: string | null
  value: string | null
}

export interface Member {
  id: string | null
  vpcChannelId: string | null
  memberGroupId: string | null
  memberGroupName: string | null
  host: string | null
  ecsId: string | null
  ecsName: string | null
  port: number | null
  weight: number | null
  isBackup: boolean | null
  status: Availability | null
  createdAt: string | null
}

export interface HealthCheck {
  id: string | null
  vpcChannelId: string | null
  protocol: HealthCheckProtocol | null
  path: string | null
  method: HealthCheckMethod | null
  port: number | null
  httpCodes: string | null
  healthyThreshold: number | null
  unhealthyThreshold: number | null
  intervalSeconds: number | null
  timeoutSeconds: number | null
  enableClientSsl: boolean | null
  status: Availability | null
  createdAt: string | null
}

export type Microservice = CseMicroservice | CceMicroservice

interface MicroserviceBase {
  serviceType: MicroserviceType
  id: string | null
  instanceId: string | null
  createdAt: string | null
  updatedAt: string | null
}

export interface CseMicroservice extends MicroserviceBase {
  serviceType: 'CSE'
  engineId: string | null
  serviceId: string | null
  engineName: string | null
  serviceName: string | null
  registerAddress: string | null
  cseAppId: string | null
  version: string | null
}

export interface CceMicroservice extends MicroserviceBase {
  serviceType: 'CCE'
  clusterId: string | null
  clusterName: string | null
  namespace: string | null
  workloadType: WorkloadType | null
  appName: string | null
  labelKey: string | null
  labelValue: string | null
}
