import type {
  HealthCheck,
  Member,
  MemberGroup,
  MicroserviceLabel,
  VpcChannel,
} from '../../vpc-channel/vpc-channel.ts'
import { builder } from '../builder.ts'
import {
  VpcChannelAvailabilityEnum,
  VpcChannelBalanceStrategyEnum,
  VpcChannelHealthCheckMethodEnum,
  VpcChannelHealthCheckProtocolEnum,
  VpcChannelMemberTypeEnum,
  VpcChannelProductEnum,
  VpcChannelStatusEnum,
  VpcChannelTypeEnum,
} from './enums.ts'
import { VpcChannelMicroserviceInterface } from './microservice-types.ts'
import { idOf, wholeChannel } from './whole-channel.ts'

const VpcChannelInstanceType = builder.objectRef<{ id: string }>('VpcChannelInstance').implement({
  description: 'An instance of APIG or ROMA Connect. Other subgraphs can add fields to it.',
  directives: { key: { fields: 'id', resolvable: false } },
  fields: (t) => ({
    id: t.exposeID('id', { nullable: false, description: 'Id of the instance. REST: `instance_id`' }),
  }),
})

const VpcChannelMicroserviceLabelType = builder
  .objectRef<MicroserviceLabel>('VpcChannelMicroserviceLabel')
  .implement({
    description: 'A label that selects the servers of a microservice. REST: `microservice_labels[]`',
    fields: (t) => ({
      name: t.exposeString('name', { description: 'Name. REST: `label_name`' }),
      value: t.exposeString('value', { description: 'Value. REST: `label_value`' }),
    }),
  })

const VpcChannelMemberGroupType = builder.objectRef<MemberGroup>('VpcChannelMemberGroup').implement({
  description: 'A group of backend servers. REST: `member_groups[]`',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id. REST: `member_group_id`' }),
    name: t.exposeString('name', { description: 'Name. REST: `member_group_name`' }),
    remark: t.exposeString('remark', { description: 'Description. REST: `member_group_remark`' }),
    weight: t.exposeInt('weight', {
      description:
        'Weight, 0 to 100. Where the group has servers, their weights follow from it. REST: `member_group_weight`',
    }),
    dictCode: t.exposeString('dictCode', {
      description: 'Dictionary code. The cloud does not support it yet. REST: `dict_code`',
    }),
    microserviceVersion: t.exposeString('microserviceVersion', {
      description: 'Version; of microservice channels only. REST: `microservice_version`',
    }),
    microservicePort: t.expose('microservicePort', {
      type: 'Port',
      description:
        'Port; of microservice channels only. 0: the port that the addresses inherit. REST: `microservice_port`',
    }),
    microserviceLabels: t.expose('microserviceLabels', {
      type: [VpcChannelMicroserviceLabelType],
      description: 'Labels; of microservice channels only. REST: `microservice_labels`',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When it was created. REST: `create_time`',
    }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      description: 'When it was changed. REST: `update_time`',
    }),
  }),
})

const VpcChannelMemberType = builder.objectRef<Member>('VpcChannelMember').implement({
  description: 'A backend server. REST: `members[]`',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id of the backend server. REST: `id`' }),
    vpcChannelId: t.exposeID('vpcChannelId', { description: 'Id of its channel. REST: `vpc_channel_id`' }),
    memberGroupId: t.exposeID('memberGroupId', { description: 'Id of its group. REST: `member_group_id`' }),
    memberGroupName: t.exposeString('memberGroupName', {
      description: 'Name of its group. REST: `member_group_name`',
    }),
    host: t.exposeString('host', { description: 'Address. REST: `host`' }),
    ecsId: t.exposeString('ecsId', { description: 'Id of the cloud server. REST: `ecs_id`' }),
    ecsName: t.exposeString('ecsName', { description: 'Name of the cloud server. REST: `ecs_name`' }),
    port: t.expose('port', { type: 'Port', description: 'Port. REST: `port`' }),
    weight: t.exposeInt('weight', {
      description: 'Weight, 0 to 10000: the greater, the more requests it gets. REST: `weight`',
    }),
    isBackup: t.exposeBoolean('isBackup', {
      description: 'Whether it is a standby server, used only when all others have failed. REST: `is_backup`',
    }),
    status: t.expose('status', {
      type: VpcChannelAvailabilityEnum,
      description: 'Whether the server is enabled. REST: `status`',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When it was added to the channel. REST: `create_time`',
    }),
  }),
})

const VpcChannelHealthCheckType = builder.objectRef<HealthCheck>('VpcChannelHealthCheck').implement({
  description: 'How the cloud checks the health of backend servers. REST: `vpc_health_config`',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Id. REST: `vpc_health_config.id`' }),
    vpcChannelId: t.exposeID('vpcChannelId', {
      description: 'Id of its channel. REST: `vpc_health_config.vpc_channel_id`',
    }),
    protocol: t.expose('protocol', {
      type: VpcChannelHealthCheckProtocolEnum,
      description: 'Protocol. REST: `vpc_health_config.protocol`',
    }),
    path: t.exposeString('path', {
      description: 'Path that the check requests. REST: `vpc_health_config.path`',
    }),
    method: t.expose('method', {
      type: VpcChannelHealthCheckMethodEnum,
      description: 'Request method. REST: `vpc_health_config.method`',
    }),
    port: t.expose('port', {
      type: 'Port',
      description: "Port that the check uses; 0 means the channel's port. REST: `vpc_health_config.port`",
    }),
    httpCodes: t.exposeString('httpCodes', {
      description: 'Status codes that count as success. REST: `vpc_health_config.http_code`',
    }),
    healthyThreshold: t.exposeInt('healthyThreshold', {
      description:
        'Successful checks in a row after which a server counts as healthy. REST: `vpc_health_config.threshold_normal`',
    }),
    unhealthyThreshold: t.exposeInt('unhealthyThreshold', {
      description:
        'Failed checks in a row after which a server counts as unhealthy. REST: `vpc_health_config.threshold_abnormal`',
    }),
    intervalSeconds: t.exposeInt('intervalSeconds', {
      description: 'Seconds between two checks. REST: `vpc_health_config.time_interval`',
    }),
    timeoutSeconds: t.exposeInt('timeoutSeconds', {
      description:
        'Seconds after which a check without a response has failed. REST: `vpc_health_config.timeout`',
    }),
    enableClientSsl: t.exposeBoolean('enableClientSsl', {
      description:
        'Whether client and server authenticate each other. REST: `vpc_health_config.enable_client_ssl`',
    }),
    status: t.expose('status', {
      type: VpcChannelAvailabilityEnum,
      description: 'Whether the check is enabled. REST: `vpc_health_config.status`',
    }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description: 'When it was created. REST: `vpc_health_config.create_time`',
    }),
  }),
})

export const VpcChannelType = builder.objectRef<VpcChannel>('VpcChannel').implement({
  description:
    'A VPC channel: a load-balanced group of backend servers that published APIs send their traffic to.',
  directives: { key: { fields: 'product instanceId id' } },
  fields: (t) => ({
    product: t.expose('product', {
      type: VpcChannelProductEnum,
      nullable: false,
      description: 'The product that the channel belongs to.',
    }),
    projectId: t.exposeID('projectId', {
      nullable: false,
      description: 'Id of the project. REST: `project_id`, in the path',
    }),
    instanceId: t.exposeID('instanceId', {
      nullable: false,
      description: 'Id of the instance that the channel is in. REST: `instance_id`',
    }),
    instanceName: t.exposeString('instanceName', {
      description: 'Name of the instance; only ROMA Connect returns it. REST: `instance_name`',
    }),
    instance: t.field({
      type: VpcChannelInstanceType,
      nullable: false,
      description: 'The instance that the channel is in.',
      resolve: (channel) => ({ id: channel.instanceId }),
    }),
    id: t.id({
      nullable: false,
      description: 'Id of the channel, unique in its instance. REST: `id`',
      resolve: (channel, _args, { loaders }) => channel.id ?? idOf(channel, loaders),
    }),
    name: t.exposeString('name', {
      nullable: false,
      description: 'Name, unique in the instance. REST: `name`',
    }),
    port: t.expose('port', { type: 'Port', description: 'Port of the backend servers. REST: `port`' }),
    balanceStrategy: t.expose('balanceStrategy', {
      type: VpcChannelBalanceStrategyEnum,
      description: 'How requests are distributed. REST: `balance_strategy`',
    }),
    memberType: t.expose('memberType', {
      type: VpcChannelMemberTypeEnum,
      description: 'How `members` identify backend servers. REST: `member_type`',
    }),
    type: t.expose('type', {
      type: VpcChannelTypeEnum,
      description: 'Where the backend servers come from. REST: `type`, in newer instances `vpc_channel_type`',
    }),
    dictCode: t.exposeString('dictCode', {
      description: 'Dictionary code. The cloud does not support it yet. REST: `dict_code`',
    }),
    status: t.expose('status', { type: VpcChannelStatusEnum, description: 'State. REST: `status`' }),
    createdAt: t.expose('createdAt', {
      type: 'DateTime',
      description:
        'When it was created. The response to the creation has nanoseconds, later ones have seconds. REST: `create_time`',
    }),
    memberGroups: t.expose('memberGroups', {
      type: [VpcChannelMemberGroupType],
      nullable: false,
      description: 'Groups of backend servers, in no particular order. REST: `member_groups`',
    }),
    members: t.field({
      type: [VpcChannelMemberType],
      nullable: true,
      description:
        'Backend servers, in no particular order. Read only when selected, if need be with one more REST call per channel. REST: `members`',
      resolve: (channel, _args, { loaders }) =>
        channel.members === undefined
          ? wholeChannel(channel, loaders).then(({ members }) => members)
          : channel.members,
    }),
    healthCheck: t.field({
      type: VpcChannelHealthCheckType,
      nullable: true,
      description:
        'Health check of the backend servers. Read only when selected, by the same REST call as `members`. REST: `vpc_health_config`',
      resolve: (channel, _args, { loaders }) =>
        channel.healthCheck === undefined
          ? wholeChannel(channel, loaders).then(({ healthCheck }) => healthCheck)
          : channel.healthCheck,
    }),
    microservice: t.expose('microservice', {
      type: VpcChannelMicroserviceInterface,
      description:
        'The microservice behind the channel; `null` for a channel of servers. REST: `microservice_info`',
    }),
  }),
})
