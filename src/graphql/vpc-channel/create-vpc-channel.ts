import type { CreateOutcome, Creation } from '../../operations/create-once.ts'
import { createVpcChannel } from '../../operations/create-vpc-channel.ts'
import { builder } from '../builder.ts'
import { CreateVpcChannelInputType } from './inputs.ts'
import { VpcChannelType } from './types.ts'

const VpcChannelCreateOutcomeEnum = builder.enumType('VpcChannelCreateOutcome', {
  description: 'How `createVpcChannel` succeeded.',
  values: {
    CREATED: { description: 'The cloud confirmed that this request created the channel.' },
    UNCHANGED: {
      description: 'The channel existed before and matches the input exactly. Only with `acceptIdentical`.',
    },
    UNKNOWN: {
      description:
        "The channel exists and matches the input exactly. The cloud's response was lost, so this request or another one may have created it.",
    },
  } as const satisfies Record<CreateOutcome, { description: string }>,
})

const CreateVpcChannelPayload = builder.objectRef<Creation>('CreateVpcChannelPayload').implement({
  description: 'The result of `createVpcChannel`.',
  fields: (t) => ({
    outcome: t.expose('outcome', {
      type: VpcChannelCreateOutcomeEnum,
      nullable: false,
      description: 'How the creation succeeded.',
    }),
    vpcChannel: t.expose('vpcChannel', {
      type: VpcChannelType,
      nullable: false,
      description: 'The channel.',
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
      acceptIdentical: t.arg.boolean({
        required: true,
        defaultValue: false,
        description:
          'Whether an existing channel of this name that matches the input exactly is a success. For a client that repeats a creation because it lost the response.',
      }),
    },
    resolve: async (_root, { input, acceptIdentical }, { services, operation, loaders }) => {
      try {
        return await createVpcChannel(services, input, operation, { acceptIdentical })
      } finally {
        loaders.forget()
      }
    },
  }),
)
