import type {
  CreateVpcChannelInput,
  HealthCheckInput,
  MemberGroupInput,
  MemberInput,
  MicroserviceLabelInput,
  UpsertProjectVpcChannelsInput,
} from '../../vpc-channel/vpc-channel-input.ts'
import { builder } from '../builder.ts'
import {
  VpcChannelAvailabilityEnum,
  VpcChannelBalanceStrategyEnum,
  VpcChannelHealthCheckMethodEnum,
  VpcChannelHealthCheckProtocolEnum,
  VpcChannelMemberTypeEnum,
  VpcChannelTypeEnum,
} from './enums.ts'
import { VpcChannelMicroserviceInput } from './microservice-inputs.ts'

const VpcChannelMicroserviceLabelInput = builder
  .inputRef<MicroserviceLabelInput>('VpcChannelMicroserviceLabelInput')
  .implement({
    description: 'A label that selects the servers of a microservice. REST: `microservice_labels[]`',
    fields: (t) => ({
      name: t.string({
        required: true,
        description:
          'Name: 1 to 63 letters, digits, hyphens, underscores and periods; starts and ends with a letter or digit. REST: `label_name`',
      }),
      value: t.string({
        required: true,
        description: 'Value, of the same form as the name. REST: `label_value`',
      }),
    }),
  })

const VpcChannelMemberGroupInput = builder
  .inputRef<MemberGroupInput>('VpcChannelMemberGroupInput')
  .implement({
    description: 'A group of backend servers. REST: `member_groups[]`',
    fields: (t) => ({
      name: t.string({ required: true, description: 'Name; members refer to it. REST: `member_group_name`' }),
      remark: t.string({ description: 'Description. REST: `member_group_remark`' }),
      weight: t.int({
        description:
          'Weight, 0 to 100. Where the group has servers, their weights follow from it. REST: `member_group_weight`',
      }),
      dictCode: t.string({
        description:
          'Dictionary code, 3 to 64 characters. The cloud does not support it yet. REST: `dict_code`',
      }),
      microserviceVersion: t.string({
        description:
          'Version, at most 64 characters; for microservice channels only. REST: `microservice_version`',
      }),
      microservicePort: t.field({
        type: 'Port',
        description:
          'Port; for microservice channels only. 0 keeps the port that the addresses inherit. REST: `microservice_port`',
      }),
      microserviceLabels: t.field({
        type: [VpcChannelMicroserviceLabelInput],
        description: 'Labels; for microservice channels only. REST: `microservice_labels`',
      }),
    }),
  })

const VpcChannelMemberInput = builder.inputRef<MemberInput>('VpcChannelMemberInput').implement({
  description: 'A backend server. REST: `members[]`',
  fields: (t) => ({
    host: t.string({
      description: 'Address, at most 64 characters; required where `memberType` is `IP`. REST: `host`',
    }),
    ecsId: t.string({
      description:
        'Id of the cloud server: 1 to 64 letters, digits, hyphens and underscores; required where `memberType` is `ECS`. REST: `ecs_id`',
    }),
    ecsName: t.string({
      description:
        'Name of the cloud server: 1 to 64 letters, digits, hyphens, underscores, periods and (APIG) Chinese characters; required where `memberType` is `ECS`. REST: `ecs_name`',
    }),
    port: t.field({ type: 'Port', description: "Port; by default the channel's. REST: `port`" }),
    weight: t.int({
      description: 'Weight, 0 to 10000: the greater, the more requests it gets. REST: `weight`',
    }),
    isBackup: t.boolean({
      description:
        'Whether it is a standby server, used only when all others have failed; by default `false`. Older instances do not support it. REST: `is_backup`',
    }),
    status: t.field({
      type: VpcChannelAvailabilityEnum,
      description: 'Whether the server is enabled. REST: `status`',
    }),
    memberGroupName: t.string({
      description: 'Name of the group that the server belongs to. REST: `member_group_name`',
    }),
  }),
})

const VpcChannelHealthCheckInput = builder
  .inputRef<HealthCheckInput>('VpcChannelHealthCheckInput')
  .implement({
    description: 'How the cloud checks the health of backend servers. REST: `vpc_health_config`',
    fields: (t) => ({
      protocol: t.field({
        type: VpcChannelHealthCheckProtocolEnum,
        required: true,
        description: 'Protocol. REST: `vpc_health_config.protocol`',
      }),
      path: t.string({
        description:
          'Path that the check requests; required where the protocol is `HTTP`, in APIG also where it is `HTTPS`. REST: `vpc_health_config.path`',
      }),
      method: t.field({
        type: VpcChannelHealthCheckMethodEnum,
        description: 'Request method; by default `GET`. REST: `vpc_health_config.method`',
      }),
      port: t.field({
        type: 'Port',
        description:
          "Port that the check uses; by default, and with 0, the channel's. REST: `vpc_health_config.port`",
      }),
      httpCodes: t.string({
        description:
          'Status codes that count as success, from 100 to 599: values (`200,201`), ranges (`200-299`) or both; required where the protocol is `HTTP`. REST: `vpc_health_config.http_code`',
      }),
      healthyThreshold: t.int({
        required: true,
        description:
          'Successful checks in a row after which a server counts as healthy: 2 to 10 in APIG, 1 to 10 in ROMA Connect. REST: `vpc_health_config.threshold_normal`',
      }),
      unhealthyThreshold: t.int({
        required: true,
        description:
          'Failed checks in a row after which a server counts as unhealthy: 2 to 10 in APIG, 1 to 10 in ROMA Connect. REST: `vpc_health_config.threshold_abnormal`',
      }),
      intervalSeconds: t.int({
        required: true,
        description: 'Seconds between two checks, 5 to 300. REST: `vpc_health_config.time_interval`',
      }),
      timeoutSeconds: t.int({
        required: true,
        description:
          'Seconds after which a check without a response has failed, 2 to 30 and less than `intervalSeconds`. REST: `vpc_health_config.timeout`',
      }),
      enableClientSsl: t.boolean({
        description:
          "Whether client and server authenticate each other, with the certificate of the instance's `backend_client_certificate`; by default `false`. REST: `vpc_health_config.enable_client_ssl`",
      }),
      status: t.field({
        type: VpcChannelAvailabilityEnum,
        description: 'Whether the check is enabled. REST: `vpc_health_config.status`',
      }),
    }),
  })

type InputFields = PothosSchemaTypes.InputFieldBuilder<typeof builder.$inferSchemaTypes, 'InputObject'>

/** The fields that both inputs share. */
const channelFields = (t: InputFields) => ({
  projectId: t.id({
    description:
      'Project that the instances belong to; by default that of the header `X-Project-Id`, else the configured one. REST: `project_id`, in the path',
  }),
  port: t.field({
    type: 'Port',
    required: true,
    description: 'Port of the backend servers, 1 to 65535. REST: `port`',
  }),
  balanceStrategy: t.field({
    type: VpcChannelBalanceStrategyEnum,
    required: true,
    defaultValue: 'WEIGHTED_ROUND_ROBIN',
    description: 'How requests are distributed. REST: `balance_strategy`',
  }),
  memberType: t.field({
    type: VpcChannelMemberTypeEnum,
    required: true,
    defaultValue: 'ECS',
    description: 'How `members` identify backend servers. REST: `member_type`',
  }),
  dictCode: t.string({
    description: 'Dictionary code, 3 to 64 characters. The cloud does not support it yet. REST: `dict_code`',
  }),
  healthCheck: t.field({
    type: VpcChannelHealthCheckInput,
    description: 'Health check of the backend servers. REST: `vpc_health_config`',
  }),
  microservice: t.field({
    type: VpcChannelMicroserviceInput,
    description:
      'The microservice behind the channel; required where `type` is `MICROSERVICE`. REST: `microservice_info`',
  }),
})

export const CreateVpcChannelInputType = builder
  .inputRef<CreateVpcChannelInput>('CreateVpcChannelInput')
  .implement({
    description:
      'The VPC channel to create in an APIG instance. The gateway sends no field that is omitted or `null`.',
    fields: (t) => {
      const { projectId, dictCode, healthCheck, microservice, ...distribution } = channelFields(t)
      return {
        projectId,
        instanceId: t.id({
          required: true,
          description: 'APIG instance to create the channel in. REST: `instance_id`, in the path',
        }),
        name: t.string({
          required: true,
          description:
            'Name, unique in the instance: 3 to 64 letters, Chinese characters, digits, hyphens and underscores; starts with a letter or Chinese character. REST: `name`',
        }),
        ...distribution,
        type: t.field({
          type: VpcChannelTypeEnum,
          required: true,
          defaultValue: 'SERVER',
          description: 'Where the backend servers come from. REST: `type`',
        }),
        dictCode,
        memberGroups: t.field({
          type: [VpcChannelMemberGroupInput],
          description: 'Groups of backend servers. REST: `member_groups`',
        }),
        members: t.field({ type: [VpcChannelMemberInput], description: 'Backend servers. REST: `members`' }),
        healthCheck,
        microservice,
      }
    },
  })

export const UpsertProjectVpcChannelsInputType = builder
  .inputRef<UpsertProjectVpcChannelsInput>('UpsertProjectVpcChannelsInput')
  .implement({
    description:
      'The VPC channel to create or update in several ROMA Connect instances. The gateway sends no field that is omitted or `null`.',
    fields: (t) => {
      const { projectId, dictCode, healthCheck, microservice, ...distribution } = channelFields(t)
      return {
        projectId,
        instanceIds: t.idList({
          required: true,
          description:
            'ROMA Connect instances to write the channel to: 1 to 500, without duplicates. One REST call has at most PROJECT_VPC_OPERATOR_NUM_LIMIT of them. REST: `instance_ids`',
        }),
        name: t.string({
          required: true,
          description:
            'Name, by which the cloud finds the channel in each instance: 3 to 64 letters, digits, hyphens and underscores; starts with a letter. REST: `name`',
        }),
        ...distribution,
        type: t.field({
          type: VpcChannelTypeEnum,
          description: 'Where the backend servers come from; has no default here. REST: `type`',
        }),
        dictCode,
        memberGroups: t.field({
          type: [VpcChannelMemberGroupInput],
          description:
            'Groups of backend servers. An empty list removes the groups that an existing channel has. REST: `member_groups`',
        }),
        members: t.field({
          type: [VpcChannelMemberInput],
          description:
            'Backend servers. ROMA Connect keeps those of an existing channel where this list is empty. REST: `members`',
        }),
        healthCheck,
        microservice,
      }
    },
  })
