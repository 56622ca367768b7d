import type {
  HealthConfigBody,
  MemberBody,
  MemberGroupBody,
  MicroserviceBody,
  ProjectVpcChannelsBody,
  VpcChannelBody,
} from '../upstream/vpc-channel-body.ts'
import {
  availabilityCodes,
  balanceStrategyCodes,
  channelTypeCodes,
  healthCheckMethodCodes,
  healthCheckProtocolCodes,
  memberTypeCodes,
  workloadTypeCodes,
} from './codes.ts'
import type {
  CreateVpcChannelInput,
  HealthCheckInput,
  MemberGroupInput,
  MemberInput,
  MicroserviceInput,
  UpsertProjectVpcChannelsInput,
  VpcChannelInput,
} from './vpc-channel-input.ts'

/*
 * From GraphQL's names to REST's. What the caller left out or gave as `null` becomes `undefined`, which JSON does not
 * write: the cloud may refuse a key that nobody gave. An empty list stays an empty list.
 */

/** APIG page, Table 3. */
export const createVpcChannelBody = (input: CreateVpcChannelInput): VpcChannelBody => channelBody(input)

/** ROMA Connect page, Table 3. */
export const projectVpcChannelsBody = (input: UpsertProjectVpcChannelsInput): ProjectVpcChannelsBody => ({
  ...channelBody(input),
  instance_ids: [...input.instanceIds],
})

const channelBody = (input: VpcChannelInput): VpcChannelBody => ({
  name: input.name,
  port: input.port,
  balance_strategy: balanceStrategyCodes[input.balanceStrategy],
  member_type: memberTypeCodes[input.memberType],
  type: codeOf(channelTypeCodes, input.type),
  dict_code: given(input.dictCode),
  member_groups: input.memberGroups?.map(memberGroupBody),
  members: input.members?.map(memberBody),
  vpc_health_config: input.healthCheck ? healthConfigBody(input.healthCheck) : undefined,
  microservice_info: input.microservice ? microserviceBody(input.microservice) : undefined,
})

const memberGroupBody = (group: MemberGroupInput): MemberGroupBody => ({
  member_group_name: group.name,
  member_group_remark: given(group.remark),
  member_group_weight: given(group.weight),
  dict_code: given(group.dictCode),
  microservice_version: given(group.microserviceVersion),
  microservice_port: given(group.microservicePort),
  microservice_labels: group.microserviceLabels?.map((label) => ({
    label_name: label.name,
    label_value: label.value,
  })),
})

const memberBody = (member: MemberInput): MemberBody => ({
  host: given(member.host),
  weight: given(member.weight),
  is_backup: given(member.isBackup),
  member_group_name: given(member.memberGroupName),
  status: codeOf(availabilityCodes, member.status),
  port: given(member.port),
  ecs_id: given(member.ecsId),
  ecs_name: given(member.ecsName),
})

const healthConfigBody = (check: HealthCheckInput): HealthConfigBody => ({
  protocol: healthCheckProtocolCodes[check.protocol],
  path: given(check.path),
  method: codeOf(healthCheckMethodCodes, check.method),
  port: given(check.port),
  threshold_normal: check.healthyThreshold,
  threshold_abnormal: check.unhealthyThreshold,
  time_interval: check.intervalSeconds,
  http_code: given(check.httpCodes),
  enable_client_ssl: given(check.enableClientSsl),
  status: codeOf(availabilityCodes, check.status),
  timeout: check.timeoutSeconds,
})

const microserviceBody = ({ cse, cce }: MicroserviceInput): MicroserviceBody | undefined => {
  if (cse) {
    return { service_type: 'CSE', cse_info: { engine_id: cse.engineId, service_id: cse.serviceId } }
  }
  if (cce) {
    return {
      service_type: 'CCE',
      cce_info: {
        cluster_id: cce.clusterId,
        namespace: cce.namespace,
        workload_type: workloadTypeCodes[cce.workloadType],
        app_name: given(cce.appName),
        label_key: given(cce.labelKey),
        label_value: given(cce.labelValue),
      },
    }
  }
  return undefined
}

const given = <Value>(value: Value | null | undefined): Value | undefined => value ?? undefined

const codeOf = <Name extends string, Code>(
  codes: Readonly<Record<Name, Code>>,
  name: Name | null | undefined,
): Code | undefined => (name ? codes[name] : undefined)
