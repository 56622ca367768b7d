import { PROJECT_ID } from '../support/start-gateway.ts'
import { APIG_INSTANCE, CHANNEL_ID } from './start-pair.ts'

/** The least a GET by id may answer. */
export const SMALLEST_ANSWER = { id: CHANNEL_ID, name: 'VPC_demo' }

/** What it reads as: everything that may be missing is null, the list of groups is empty. */
export const SMALLEST_CHANNEL = {
  product: 'APIG',
  projectId: PROJECT_ID,
  instanceId: APIG_INSTANCE,
  instanceName: null,
  instance: { id: APIG_INSTANCE },
  id: CHANNEL_ID,
  name: 'VPC_demo',
  port: null,
  balanceStrategy: null,
  memberType: null,
  type: null,
  dictCode: null,
  status: null,
  createdAt: null,
  memberGroups: [] as object[],
  members: null as object[] | null,
  healthCheck: null as object | null,
  microservice: null as object | null,
}

export const EMPTY_GROUP = {
  id: null,
  name: null,
  remark: null,
  weight: null,
  dictCode: null,
  microserviceVersion: null,
  microservicePort: null,
  microserviceLabels: null,
  createdAt: null,
  updatedAt: null,
}

export const EMPTY_MEMBER = {
  id: null,
  vpcChannelId: null,
  memberGroupId: null,
  memberGroupName: null,
  host: null,
  ecsId: null,
  ecsName: null,
  port: null,
  weight: null,
  isBackup: null,
  status: null,
  createdAt: null,
}

export const EMPTY_HEALTH_CHECK = {
  id: null,
  vpcChannelId: null,
  protocol: null,
  path: null,
  method: null,
  port: null,
  httpCodes: null,
  healthyThreshold: null,
  unhealthyThreshold: null,
  intervalSeconds: null,
  timeoutSeconds: null,
  enableClientSsl: null,
  status: null,
  createdAt: null,
}

const EMPTY_MICROSERVICE = { id: null, instanceId: null, createdAt: null, updatedAt: null }

export const EMPTY_CSE = {
  __typename: 'VpcChannelCseMicroservice',
  serviceType: 'CSE',
  ...EMPTY_MICROSERVICE,
  engineId: null,
  serviceId: null,
  engineName: null,
  serviceName: null,
  registerAddress: null,
  cseAppId: null,
  version: null,
}

export const EMPTY_CCE = {
  __typename: 'VpcChannelCceMicroservice',
  serviceType: 'CCE',
  ...EMPTY_MICROSERVICE,
  clusterId: null,
  clusterName: null,
  namespace: null,
  workloadType: null,
  appName: null,
  labelKey: null,
  labelValue: null,
}
