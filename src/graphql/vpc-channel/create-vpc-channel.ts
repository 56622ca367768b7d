import { createVpcChannel } from '../../operations/create-vpc-channel.ts'
import type { VpcChannel } from '../../translation/vpc-channel.ts'
import { builder } from '../builder.ts'
import { CreateVpcChannelInputType } from './inputs.ts'
import { VpcChannelType } from './types.ts'

const CreateVpcChannelPayload = builder
  .objectRef<{ vpcChannel: VpcChannel }>('CreateVpcChannelPayload')
  .implement({
    description: 'What `createVpcChannel` has created.',
    fields: (t) => ({
      vpcChannel: t.expose('vpcChannel', {
        type: VpcChannelType,
        nullable: false,
        description: 'The new channel.',
      }),
    }),
  })

builder.mutationField('createVpcChannel', (t) =>
  t.field({
    type: CreateVpcChannelPayload,
    nullable: false,
    description:
      'Creates a VPC channel in an APIG instance. REST: `POST /v2/{project_id}/apigw/instances/{instance_id}/vpc-channels`',
    args: {
      input: t.arg({
        type: CreateVpcChannelInputType,
        required: true,
        description: 'The channel to create.',
      }),
    },
    resolve: async (_root, { input }, { cloud, operation, loaders }) => {
      try {
        return { vpcChannel: await createVpcChannel(cloud, input, operation) }
      } finally {
        loaders.forget()
      }
    },
  }),
)
