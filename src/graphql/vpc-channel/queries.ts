import { builder } from '../builder.ts'
import { VpcChannelProductEnum } from './enums.ts'
import { VpcChannelType } from './types.ts'

builder.queryField('vpcChannel', (t) =>
  t.field({
    type: VpcChannelType,
    nullable: true,
    description:
      'One VPC channel by its id; `null` where the instance has none of that id. REST: `GET /v2/{project_id}/{apigw|apic}/instances/{instance_id}/vpc-channels/{vpc_channel_id}`',
    args: {
      product: t.arg({
        type: VpcChannelProductEnum,
        required: true,
        defaultValue: 'APIG',
        description: 'The product that the instance belongs to.',
      }),
      projectId: t.arg.id({
        description:
          'Project that the instance belongs to; by default that of the header `X-Project-Id`, else the configured one. REST: `project_id`, in the path',
      }),
      instanceId: t.arg.id({ required: true, description: 'The instance. REST: `instance_id`, in the path' }),
      id: t.arg.id({ required: true, description: 'The channel. REST: `vpc_channel_id`, in the path' }),
    },
    resolve: (_root, { product, projectId, instanceId, id }, { loaders, operation }) =>
      loaders.channel.load({ product, projectId: projectId ?? operation.projectId ?? '', instanceId, id }),
  }),
)
