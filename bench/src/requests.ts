import { INSTANCE, INSTANCES, type Json } from './upstream/answers.ts'

/** The names that the load writes: writes of one name wait for each other in the gateway. */
export const NAMES = Array.from({ length: 256 }, (_, index) => `VPC_demo_${index}`)

/** APIG page, example request 2. */
export const createRequest = (name: string): Json => ({
  balance_strategy: 1,
  member_type: 'ip',
  name,
  port: 22,
  type: 3,
  vpc_health_config: {
    http_code: '200',
    path: '/vpc/demo',
    port: 22,
    protocol: 'http',
    threshold_abnormal: 5,
    threshold_normal: 2,
    time_interval: 10,
    timeout: 5,
    enable_client_ssl: false,
  },
  member_groups: [
    {
      member_group_name: 'test',
      member_group_weight: 1,
      member_group_remark: 'remark',
      microservice_version: 'v1',
      microservice_port: 80,
    },
    {
      member_group_name: 'default',
      member_group_weight: 2,
      member_group_remark: 'remark',
      microservice_version: 'v2',
      microservice_port: 80,
      microservice_labels: [
        { label_name: 'cluster_id', label_value: 'c429700c-5dc4-482a-9c0e-99f6c0635113' },
      ],
    },
  ],
  members: [
    { host: '192.168.0.5', weight: 1, member_group_name: 'test' },
    { host: '192.168.1.124', weight: 2, member_group_name: 'default' },
  ],
  microservice_info: {
    service_type: 'CCE',
    cce_info: {
      cluster_id: 'ab1485b4f91b45abbcd560be591f7309',
      namespace: 'default',
      workload_type: 'deployment',
      app_name: 'testapp',
    },
  },
})

/** The same in GraphQL. */
export const createInput = (name: string): Json => ({
  instanceId: INSTANCE,
  balanceStrategy: 'WEIGHTED_ROUND_ROBIN',
  memberType: 'IP',
  name,
  port: 22,
  type: 'MICROSERVICE',
  healthCheck: {
    httpCodes: '200',
    path: '/vpc/demo',
    port: 22,
    protocol: 'HTTP',
    unhealthyThreshold: 5,
    healthyThreshold: 2,
    intervalSeconds: 10,
    timeoutSeconds: 5,
    enableClientSsl: false,
  },
  memberGroups: [
    { name: 'test', weight: 1, remark: 'remark', microserviceVersion: 'v1', microservicePort: 80 },
    {
      name: 'default',
      weight: 2,
      remark: 'remark',
      microserviceVersion: 'v2',
      microservicePort: 80,
      microserviceLabels: [{ name: 'cluster_id', value: 'c429700c-5dc4-482a-9c0e-99f6c0635113' }],
    },
  ],
  members: [
    { host: '192.168.0.5', weight: 1, memberGroupName: 'test' },
    { host: '192.168.1.124', weight: 2, memberGroupName: 'default' },
  ],
  microservice: {
    cce: {
      clusterId: 'ab1485b4f91b45abbcd560be591f7309',
      namespace: 'default',
      workloadType: 'DEPLOYMENT',
      appName: 'testapp',
    },
  },
})

/** A channel of servers: ROMA Connect's page has no microservices to ask for. */
export const upsertRequest = (name: string): Json => {
  const { microservice_info: _, ...channel } = createRequest(name)
  return { ...channel, type: 2, member_groups: ROMA_GROUPS, instance_ids: INSTANCES }
}

export const upsertInput = (name: string): Json => {
  const { microservice: _, instanceId: __, ...channel } = createInput(name)
  return {
    ...channel,
    type: 'SERVER',
    memberGroups: ROMA_GROUPS.map((group) => ({
      name: group.member_group_name,
      weight: group.member_group_weight,
      remark: group.member_group_remark,
    })),
    instanceIds: INSTANCES,
  }
}

const ROMA_GROUPS = [
  { member_group_name: 'test', member_group_weight: 1, member_group_remark: 'remark' },
  { member_group_name: 'default', member_group_weight: 2, member_group_remark: 'remark' },
]
