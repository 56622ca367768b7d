import {
  availabilityCodes,
  balanceStrategyCodes,
  channelStatusCodes,
  channelTypeCodes,
  type EnumReader,
  enumReader,
  healthCheckMethodCodes,
  healthCheckProtocolCodes,
  memberTypeCodes,
  microserviceTypeCodes,
  workloadTypeCodes,
} from './codes.ts'
import {
  isBlank,
  isObject,
  type JsonObject,
  readBoolean,
  readDateTime,
  readInteger,
  readList,
  readPort,
  readText,
} from './read-json.ts'
import type {
  HealthCheck,
  Member,
  MemberGroup,
  Microservice,
  MicroserviceLabel,
  VpcChannel,
  VpcChannelProduct,
} from './vpc-channel.ts'

/** What is known of a channel before its answer is read. */
export interface ChannelOrigin {
  readonly product: VpcChannelProduct
  readonly projectId: string
  readonly instanceId: string
  /** The name it was written under: an answer may leave it out. */
  readonly name?: string
}

/** The REST fields that are read as enums. */
export const ENUM_FIELDS = [
  'balance_strategy',
  'member_type',
  'type',
  'vpc_channel_type',
  'status',
  'protocol',
  'method',
  'service_type',
  'workload_type',
] as const
export type EnumField = (typeof ENUM_FIELDS)[number]

/** Told of a value that the pages do not know, by its REST field. */
export type NoteUnknown = (field: EnumField, value: unknown) => void

const balanceStrategy = enumReader(balanceStrategyCodes)
const memberType = enumReader(memberTypeCodes)
// ROMA Connect page, Table 8 says BUILTIN and MICROSERVICE, its example 2; newer instances use these words in lower case.
const channelType = enumReader(channelTypeCodes, { builtin: 'SERVER', microservice: 'MICROSERVICE' })
const channelStatus = enumReader(channelStatusCodes)
const availability = enumReader(availabilityCodes)
const protocol = enumReader(healthCheckProtocolCodes)
const method = enumReader(healthCheckMethodCodes)
const microserviceType = enumReader(microserviceTypeCodes)
const workloadType = enumReader(workloadTypeCodes)

/** Reads a channel from an answer of either product; `null` where there is no channel to read. */
export function readVpcChannel(
  body: unknown,
  origin: ChannelOrigin,
  noteUnknown: NoteUnknown,
): VpcChannel | null {
  if (!isObject(body)) return null
  const name = readText(body['name']) ?? origin.name
  if (name === undefined) return null
  const one = enumFieldReader(noteUnknown)
  return {
    product: origin.product,
    projectId: origin.projectId,
    instanceId: origin.instanceId,
    instanceName: readText(body['instance_name']),
    id: readText(body['id']) ?? undefined,
    name,
    port: readPort(body['port']),
    balanceStrategy: one(balanceStrategy, body, 'balance_strategy'),
    memberType: one(memberType, body, 'member_type'),
    type: one(channelType, body, isBlank(body['type']) ? 'vpc_channel_type' : 'type'),
    dictCode: readText(body['dict_code']),
    status: one(channelStatus, body, 'status'),
    createdAt: readDateTime(body['create_time']),
    memberGroups: readList(body['member_groups'], readMemberGroup) ?? [],
    members: optional(body['members'], (members) => readList(members, (member) => readMember(member, one))),
    healthCheck: optional(body['vpc_health_config'], (check) => readHealthCheck(check, one)),
    microservice: readMicroservice(body['microservice_info'], one),
  }
}

type ReadEnumField = <Name>(read: EnumReader<Name>, from: JsonObject, field: EnumField) => Name | null

const enumFieldReader =
  (noteUnknown: NoteUnknown): ReadEnumField =>
  (read, from, field) => {
    const name = read(from[field])
    if (name === undefined) noteUnknown(field, from[field])
    return name ?? null
  }

/** Keeps "this answer did not bring it" (`undefined`) apart from "there is none" (`null`). */
const optional = <Value>(value: unknown, read: (value: unknown) => Value | null): Value | null | undefined =>
  value === undefined ? undefined : read(value)

const readMemberGroup = (group: JsonObject): MemberGroup => ({
  id: readText(group['member_group_id']),
  name: readText(group['member_group_name']),
  remark: readText(group['member_group_remark']),
  weight: readInteger(group['member_group_weight']),
  dictCode: readText(group['dict_code']),
  microserviceVersion: readText(group['microservice_version']),
  microservicePort: readPort(group['microservice_port']),
  microserviceLabels: readList(group['microservice_labels'], readLabel),
  createdAt: readDateTime(group['create_time']),
  updatedAt: readDateTime(group['update_time']),
})

const readLabel = (label: JsonObject): MicroserviceLabel => ({
  name: readText(label['label_name']),
  value: readText(label['label_value']),
})

const readMember = (member: JsonObject, one: ReadEnumField): Member => ({
  id: readText(member['id']),
  vpcChannelId: readText(member['vpc_channel_id']),
  memberGroupId: readText(member['member_group_id']),
  memberGroupName: readText(member['member_group_name']),
  host: readText(member['host']),
  ecsId: readText(member['ecs_id']),
  ecsName: readText(member['ecs_name']),
  port: readPort(member['port']),
  weight: readInteger(member['weight']),
  isBackup: readBoolean(member['is_backup']),
  status: one(availability, member, 'status'),
  createdAt: readDateTime(member['create_time']),
})

function readHealthCheck(value: unknown, one: ReadEnumField): HealthCheck | null {
  if (!isObject(value) || isBlank(value)) return null
  return {
    id: readText(value['id']),
    vpcChannelId: readText(value['vpc_channel_id']),
    protocol: one(protocol, value, 'protocol'),
    path: readText(value['path']),
    method: one(method, value, 'method'),
    port: readPort(value['port']),
    httpCodes: readText(value['http_code']),
    healthyThreshold: readInteger(value['threshold_normal']),
    unhealthyThreshold: readInteger(value['threshold_abnormal']),
    intervalSeconds: readInteger(value['time_interval']),
    timeoutSeconds: readInteger(value['timeout']),
    enableClientSsl: readBoolean(value['enable_client_ssl']),
    status: one(availability, value, 'status'),
    createdAt: readDateTime(value['create_time']),
  }
}

function readMicroservice(value: unknown, one: ReadEnumField): Microservice | null {
  if (!isObject(value) || isBlank(value)) return null
  const base = {
    id: readText(value['id']),
    instanceId: readText(value['instance_id']),
    createdAt: readDateTime(value['create_time']),
    updatedAt: readDateTime(value['update_time']),
  }
  const cse = isObject(value['cse_info']) ? value['cse_info'] : {}
  const cce = isObject(value['cce_info']) ? value['cce_info'] : {}
  // An answer without a usable service_type still shows what it is by the half that is filled in.
  const filledIn = isBlank(cse) ? (isBlank(cce) ? null : 'CCE') : 'CSE'
  switch (one(microserviceType, value, 'service_type') ?? filledIn) {
    case 'CSE':
      return {
        ...base,
        serviceType: 'CSE',
        engineId: readText(cse['engine_id']),
        serviceId: readText(cse['service_id']),
        engineName: readText(cse['engine_name']),
        serviceName: readText(cse['service_name']),
        registerAddress: readText(cse['register_address']),
        cseAppId: readText(cse['cse_app_id']),
        version: readText(cse['version']),
      }
    case 'CCE':
      return {
        ...base,
        serviceType: 'CCE',
        clusterId: readText(cce['cluster_id']),
        clusterName: readText(cce['cluster_name']),
        namespace: readText(cce['namespace']),
        workloadType: one(workloadType, cce, 'workload_type'),
        appName: readText(cce['app_name']),
        labelKey: readText(cce['label_key']),
        labelValue: readText(cce['label_value']),
      }
    default:
      return null
  }
}
