import {
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { schema } from '../../../src/graphql/schema.ts'

interface Described {
  readonly name: string
  readonly description?: string | null | undefined
}

const TYPES = Object.values(schema.getTypeMap()).filter(
  (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
)

/** A type and all that it is made of, by `Type.field(argument)`. */
function described(type: GraphQLNamedType): Described[] {
  if (isEnumType(type)) {
    return [type, ...type.getValues().map((value) => ({ ...value, name: `${type.name}.${value.name}` }))]
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    return [type, ...fields.map((field) => ({ ...field, name: `${type.name}.${field.name}` }))]
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [type]
  return [
    type,
    ...Object.values(type.getFields()).flatMap((field) => [
      { ...field, name: `${type.name}.${field.name}` },
      ...field.args.map((argument) => ({
        ...argument,
        name: `${type.name}.${field.name}(${argument.name})`,
      })),
    ]),
  ]
}

const ALL = TYPES.flatMap(described)
const textOf = new Map(ALL.map(({ name, description }) => [name, description ?? '']))

describe('descriptions', () => {
  test('stand with every type, field, argument and enum value', () => {
    expect(ALL.length).toBeGreaterThan(250)
    const bare = ALL.filter(({ description }) => (description ?? '').trim().length < 3)
    expect(bare.map(({ name }) => name)).toEqual([])
  })

  test('name REST fields as the last thing they say', () => {
    const odd = ALL.filter(
      ({ description }) => description?.includes('REST:') && !/\bREST: `[^`]+`[^.]*$/.test(description),
    )
    expect(odd.map(({ name }) => name)).toEqual([])
  })

  test('of types begin with VpcChannel or name the product, but for roots, scalars and federation', () => {
    const others = TYPES.map(({ name }) => name).filter((name) => !name.includes('VpcChannel'))
    expect(others.toSorted()).toEqual(
      [
        'DateTime',
        'JSON',
        'Mutation',
        'Port',
        'Query',
        'Subscription',
        '_Any',
        '_Entity',
        '_Service',
      ].toSorted(),
    )
  })
})

/** Read from the pages and the list parameters, not from the schema. */
const REST_NAMES: Readonly<Record<string, string>> = {
  'Query.vpcChannel':
    'GET /v2/{project_id}/{apigw|apic}/instances/{instance_id}/vpc-channels/{vpc_channel_id}',
  'Query.vpcChannel(projectId)': 'project_id',
  'Query.vpcChannel(instanceId)': 'instance_id',
  'Query.vpcChannel(id)': 'vpc_channel_id',
  'Query.vpcChannels': 'GET /v2/{project_id}/{apigw|apic}/instances/{instance_id}/vpc-channels',
  'Query.vpcChannels(projectId)': 'project_id',
  'Query.vpcChannels(instanceId)': 'instance_id',
  'Query.vpcChannels(first)': 'limit',
  'Query.vpcChannels(after)': 'offset',
  'Query.projectVpcChannels': 'GET /v2/{project_id}/apic/vpc-channels',
  'Query.projectVpcChannels(projectId)': 'project_id',
  'Query.projectVpcChannels(first)': 'limit',
  'Query.projectVpcChannels(after)': 'offset',
  'VpcChannelConnection.totalCount': 'total',
  'VpcChannelFilter.id': 'id',
  'VpcChannelFilter.name': 'name',
  'VpcChannelFilter.preciseSearch': 'precise_search=name',
  'VpcChannelFilter.memberHost': 'member_host',
  'VpcChannelFilter.memberPort': 'member_port',
  'VpcChannelFilter.memberGroupName': 'member_group_name',
  'VpcChannelFilter.memberGroupId': 'member_group_id',
  'VpcChannel.projectId': 'project_id',
  'VpcChannel.instanceId': 'instance_id',
  'VpcChannel.instanceName': 'instance_name',
  'VpcChannel.id': 'id',
  'VpcChannel.name': 'name',
  'VpcChannel.port': 'port',
  'VpcChannel.balanceStrategy': 'balance_strategy',
  'VpcChannel.memberType': 'member_type',
  'VpcChannel.type': 'type',
  'VpcChannel.dictCode': 'dict_code',
  'VpcChannel.status': 'status',
  'VpcChannel.createdAt': 'create_time',
  'VpcChannel.memberGroups': 'member_groups',
  'VpcChannel.members': 'members',
  'VpcChannel.healthCheck': 'vpc_health_config',
  'VpcChannel.microservice': 'microservice_info',
  'VpcChannelInstance.id': 'instance_id',
  'VpcChannelMemberGroup.id': 'member_group_id',
  'VpcChannelMemberGroup.name': 'member_group_name',
  'VpcChannelMemberGroup.remark': 'member_group_remark',
  'VpcChannelMemberGroup.weight': 'member_group_weight',
  'VpcChannelMemberGroup.microserviceVersion': 'microservice_version',
  'VpcChannelMemberGroup.microservicePort': 'microservice_port',
  'VpcChannelMemberGroup.microserviceLabels': 'microservice_labels',
  'VpcChannelMemberGroup.createdAt': 'create_time',
  'VpcChannelMemberGroup.updatedAt': 'update_time',
  'VpcChannelMicroserviceLabel.name': 'label_name',
  'VpcChannelMicroserviceLabel.value': 'label_value',
  'VpcChannelMember.id': 'id',
  'VpcChannelMember.vpcChannelId': 'vpc_channel_id',
  'VpcChannelMember.memberGroupId': 'member_group_id',
  'VpcChannelMember.memberGroupName': 'member_group_name',
  'VpcChannelMember.host': 'host',
  'VpcChannelMember.ecsId': 'ecs_id',
  'VpcChannelMember.ecsName': 'ecs_name',
  'VpcChannelMember.isBackup': 'is_backup',
  'VpcChannelMember.createdAt': 'create_time',
  'VpcChannelHealthCheck.httpCodes': 'vpc_health_config.http_code',
  'VpcChannelHealthCheck.healthyThreshold': 'vpc_health_config.threshold_normal',
  'VpcChannelHealthCheck.unhealthyThreshold': 'vpc_health_config.threshold_abnormal',
  'VpcChannelHealthCheck.intervalSeconds': 'vpc_health_config.time_interval',
  'VpcChannelHealthCheck.timeoutSeconds': 'vpc_health_config.timeout',
  'VpcChannelHealthCheck.enableClientSsl': 'vpc_health_config.enable_client_ssl',
  'VpcChannelMicroservice.serviceType': 'microservice_info.service_type',
  'VpcChannelCseMicroservice.engineId': 'cse_info.engine_id',
  'VpcChannelCseMicroservice.engineName': 'cse_info.engine_name',
  'VpcChannelCseMicroservice.serviceName': 'cse_info.service_name',
  'VpcChannelCseMicroservice.registerAddress': 'cse_info.register_address',
  'VpcChannelCseMicroservice.cseAppId': 'cse_info.cse_app_id',
  'VpcChannelCseMicroservice.version': 'cse_info.version',
  'VpcChannelCceMicroservice.clusterId': 'cce_info.cluster_id',
  'VpcChannelCceMicroservice.clusterName': 'cce_info.cluster_name',
  'VpcChannelCceMicroservice.workloadType': 'cce_info.workload_type',
  'VpcChannelCceMicroservice.labelKey': 'cce_info.label_key',
  'VpcChannelBalanceStrategy.WEIGHTED_ROUND_ROBIN': '1',
  'VpcChannelBalanceStrategy.WEIGHTED_LEAST_CONNECTIONS': '2',
  'VpcChannelBalanceStrategy.SOURCE_HASH': '3',
  'VpcChannelBalanceStrategy.URI_HASH': '4',
  'VpcChannelType.SERVER': '2',
  'VpcChannelType.MICROSERVICE': '3',
  'VpcChannelMemberType.ECS': 'ecs',
  'VpcChannelWorkloadType.DAEMON_SET': 'daemonset',
}

test.each(Object.entries(REST_NAMES))('%s says that it is `%s` in REST', (name, rest) => {
  expect(textOf.get(name)).toContain(`REST: \`${rest}\``)
})
