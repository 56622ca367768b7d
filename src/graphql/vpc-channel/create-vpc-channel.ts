import type { CreateOutcome, Creation } from '../../operations/create-once.ts'
import { createVpcChannel } from '../../operations/create-vpc-channel.ts'
import { builder } from '../builder.ts'
import { CreateVpcChannelInputType } from './inputs.ts'
import { VpcChannelType } from './types.ts'

const VpcChannelCreateOutcomeEnum = builder.enumType('VpcChannelCreateOutcome', {
  description: 'How a channel came to be there.',
  values: {
    CREATED: { description: 'This request created the channel: the cloud confirmed it.' },
    UNCHANGED: {
      description: 'The channel was there before, exactly as asked. Only with `acceptIdentical`.',
    },
    UNKNOWN: {
      description:
        "The channel is there, exactly as asked. Whether this request created it cannot be known: the cloud's answer was lost.",
    },
  } as const satisfies Record<CreateOutcome, { description: string }>,
})

const CreateVpcChannelPayload = builder.objectRef<Creation>('CreateVpcChannelPayload').implement({
  description: 'What `createVpcChannel` did.',
  fields: (t) => ({
    outcome: t.expose('outcome', {
      type: VpcChannelCreateOutcomeEnum,
      nullable: false,
      description: 'How the channel came to be there.',
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
          'For a client that repeats a creation because its answer was lost: whether a channel of that name that is exactly as asked is a success. Default: `false`',
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
