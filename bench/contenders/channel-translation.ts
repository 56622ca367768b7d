/** An object of JSON, of the vendor's or of GraphQL's. */
export type Json = Readonly<Record<string, unknown>>

const list = (value: unknown): readonly Json[] | undefined => (Array.isArray(value) ? value : undefined)
const object = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null ? (value as Json) : undefined
const text = (value: unknown): unknown => (value === '' ? null : value)

/** The REST body of a channel: what is not given is not sent. */
export const writeChannel = (input: Json): Json => ({
  name: input['name'],
  port: input['port'],
  balance_strategy: input['balanceStrategy'],
  member_type: input['memberType'],
  type: input['type'],
  dict_code: input['dictCode'],
  member_groups: list(input['memberGroups'])?.map(writeGroup),
  members: list(input['members'])?.map(writeMember),
  vpc_health_config: writeHealthCheck(object(input['healthCheck'])),
  microservice_info: writeMicroservice(object(input['microservice'])),
})

const writeGroup = (group: Json): Json => ({
  member_group_name: group['name'],
  member_group_remark: group['remark'],
  member_group_weight: group['weight'],
  dict_code: group['dictCode'],
  microservice_version: group['microserviceVersion'],
  microservice_port: group['microservicePort'],
  microservice_labels: list(group['microserviceLabels'])?.map((label) => ({
    label_name: label['name'],
    label_value: label['value'],
  })),
})

const writeMember = (member: Json): Json => ({
  host: member['host'],
  weight: member['weight'],
  is_backup: member['isBackup'],
  member_group_name: member['memberGroupName'],
  status: member['status'],
  port: member['port'],
  ecs_id: member['ecsId'],
  ecs_name: member['ecsName'],
})

const writeHealthCheck = (check: Json | undefined): Json | undefined =>
  check && {
    protocol: check['protocol'],
    path: check['path'],
    method: check['method'],
    port: check['port'],
    threshold_normal: check['healthyThreshold'],
    threshold_abnormal: check['unhealthyThreshold'],
    time_interval: check['intervalSeconds'],
    http_code: check['httpCodes'],
    enable_client_ssl: check['enableClientSsl'],
    status: check['status'],
    timeout: check['timeoutSeconds'],
  }

function writeMicroservice(microservice: Json | undefined): Json | undefined {
  const cse = object(microservice?.['cse'])
  const cce = object(microservice?.['cce'])
  if (cse) {
    return { service_type: 'CSE', cse_info: { engine_id: cse['engineId'], service_id: cse['serviceId'] } }
  }
  return (
    cce && {
      service_type: 'CCE',
      cce_info: {
        cluster_id: cce['clusterId'],
        namespace: cce['namespace'],
        workload_type: cce['workloadType'],
        app_name: cce['appName'],
        label_key: cce['labelKey'],
        label_value: cce['labelValue'],
      },
    }
  )
}

/** A channel of APIG, as the schema has it. */
export const readChannel = (body: Json, projectId: string, instanceId: string): Json => ({
  product: 'APIG',
  projectId,
  instanceId,
  instanceName: text(body['instance_name']),
  instance: { id: instanceId },
  id: body['id'],
  name: body['name'],
  port: body['port'],
  balanceStrategy: body['balance_strategy'],
  memberType: body['member_type'],
  type: body['type'],
  dictCode: text(body['dict_code']),
  status: body['status'],
  createdAt: text(body['create_time']),
  memberGroups: list(body['member_groups'])?.map(readGroup) ?? [],
  members: list(body['members'])?.map(readMember),
  healthCheck: readHealthCheck(object(body['vpc_health_config'])),
  microservice: readMicroservice(object(body['microservice_info'])),
})

const readGroup = (group: Json): Json => ({
  id: text(group['member_group_id']),
  name: text(group['member_group_name']),
  remark: text(group['member_group_remark']),
  weight: group['member_group_weight'],
  dictCode: text(group['dict_code']),
  microserviceVersion: text(group['microservice_version']),
  microservicePort: group['microservice_port'],
  microserviceLabels: list(group['microservice_labels'])?.map((label) => ({
    name: text(label['label_name']),
    value: text(label['label_value']),
  })),
  createdAt: text(group['create_time']),
  updatedAt: text(group['update_time']),
})

const readMember = (member: Json): Json => ({
  id: text(member['id']),
  vpcChannelId: text(member['vpc_channel_id']),
  memberGroupId: text(member['member_group_id']),
  memberGroupName: text(member['member_group_name']),
  host: text(member['host']),
  ecsId: text(member['ecs_id']),
  ecsName: text(member['ecs_name']),
  port: member['port'],
  weight: member['weight'],
  isBackup: member['is_backup'],
  status: member['status'],
  createdAt: text(member['create_time']),
})

const readHealthCheck = (check: Json | undefined): Json | undefined =>
  check && {
    id: text(check['id']),
    vpcChannelId: text(check['vpc_channel_id']),
    protocol: check['protocol'],
    path: text(check['path']),
    method: text(check['method']),
    port: check['port'],
    httpCodes: text(check['http_code']),
    healthyThreshold: check['threshold_normal'],
    unhealthyThreshold: check['threshold_abnormal'],
    intervalSeconds: check['time_interval'],
    timeoutSeconds: check['timeout'],
    enableClientSsl: check['enable_client_ssl'],
    status: check['status'],
    createdAt: text(check['create_time']),
  }

function readMicroservice(info: Json | undefined): Json | null {
  if (!info || text(info['service_type']) === null) return null
  const common = {
    serviceType: info['service_type'],
    id: text(info['id']),
    instanceId: text(info['instance_id']),
    createdAt: text(info['create_time']),
    updatedAt: text(info['update_time']),
  }
  const cse = object(info['cse_info'])
  const cce = object(info['cce_info'])
  return info['service_type'] === 'CSE'
    ? {
        ...common,
        engineId: text(cse?.['engine_id']),
        serviceId: text(cse?.['service_id']),
        engineName: text(cse?.['engine_name']),
        serviceName: text(cse?.['service_name']),
        registerAddress: text(cse?.['register_address']),
        cseAppId: text(cse?.['cse_app_id']),
        version: text(cse?.['version']),
      }
    : {
        ...common,
        clusterId: text(cce?.['cluster_id']),
        clusterName: text(cce?.['cluster_name']),
        namespace: text(cce?.['namespace']),
        workloadType: cce?.['workload_type'],
        appName: text(cce?.['app_name']),
        labelKey: text(cce?.['label_key']),
        labelValue: text(cce?.['label_value']),
      }
}
