import { upsertProjectVpcChannels } from '../../operations/upsert-project-vpc-channels.ts'
import type { UpsertOutcome, UpsertResult } from '../../operations/upsert-result.ts'
import { builder } from '../builder.ts'
import { VpcChannelChangeType } from './change.ts'
import { VpcChannelOperationErrorType } from './operation-error.ts'
import { selectsAny } from './selection.ts'
import { VpcChannelType } from './types.ts'
import { upsertArguments } from './upsert-arguments.ts'

const VpcChannelBatchStatusEnum = builder.enumType('VpcChannelBatchStatus', {
  description:
    'The result of a batch as a whole. Where every instance failed, the mutation returns an error instead.',
  values: {
    SUCCEEDED: { description: 'The cloud confirmed the channel in every requested instance.' },
    PARTIAL: { description: 'At least one result has an error, and at least one has none.' },
  } as const,
})

const VpcChannelUpsertOutcomeEnum = builder.enumType('VpcChannelUpsertOutcome', {
  description: 'What the write did in one instance.',
  values: {
    CREATED: {
      description: 'The instance had no channel of that name right before the write; it has the channel now.',
    },
    UPDATED: {
      description:
        'The instance had a channel of that name right before the write; the write is applied to it.',
    },
    UNCHANGED: { description: 'The instance had the channel before, and it matched the input exactly.' },
    FAILED: {
      description: 'The gateway or the cloud refused the write, and nothing has changed; `error` says why.',
    },
    UNKNOWN: {
      description:
        'With `error` null: written, but whether created or changed is not known. With an `error`: whether it was written is not known.',
    },
    NOT_ATTEMPTED: { description: 'The gateway sent nothing for this instance.' },
  } as const satisfies Record<UpsertOutcome, { description: string }>,
})

export const UpsertProjectVpcChannelResultType = builder
  .objectRef<UpsertResult>('UpsertProjectVpcChannelResult')
  .implement({
    description: 'The result of one requested instance.',
    fields: (t) => ({
      instanceId: t.exposeID('instanceId', {
        nullable: false,
        description: 'The instance. REST: `instance_id`',
      }),
      outcome: t.expose('outcome', {
        type: VpcChannelUpsertOutcomeEnum,
        nullable: false,
        description: 'What the write did there.',
      }),
      vpcChannel: t.expose('vpcChannel', {
        type: VpcChannelType,
        nullable: true,
        description:
          'The channel after the write; `null` where the write failed. REST: `project_vpc_channels[]`',
      }),
      ignored: t.expose('ignored', {
        type: [VpcChannelChangeType],
        nullable: false,
        description:
          'What the input asks for and the cloud did not change: the `type` of an existing channel.',
      }),
      error: t.field({
        type: VpcChannelOperationErrorType,
        nullable: true,
        description: 'Why the write failed; `null` where it did not.',
        // As plain data: GraphQL takes an Error that is answered as one that was thrown.
        resolve: ({ error }) => error && { ...error },
      }),
    }),
  })

const UpsertProjectVpcChannelsPayload = builder
  .objectRef<{ results: readonly UpsertResult[] }>('UpsertProjectVpcChannelsPayload')
  .implement({
    description: 'What `upsertProjectVpcChannels` did, instance by instance.',
    fields: (t) => ({
      status: t.field({
        type: VpcChannelBatchStatusEnum,
        nullable: false,
        description: 'The result of the batch as a whole.',
        resolve: ({ results }) =>
          results.every((result) => result.error === null) ? 'SUCCEEDED' : 'PARTIAL',
      }),
      results: t.field({
        type: [UpsertProjectVpcChannelResultType],
        nullable: false,
        description: 'One result per requested instance, in the order of `instanceIds`.',
        resolve: ({ results }) => results,
      }),
    }),
  })

const OUTCOME: ReadonlySet<string> = new Set(['outcome'])

builder.mutationField('upsertProjectVpcChannels', (t) =>
  t.field({
    type: UpsertProjectVpcChannelsPayload,
    nullable: false,
    description:
      'Creates or updates a VPC channel, found by its name, in several ROMA Connect instances; their `vpc_name_modifiable` must be off. REST: `PUT /v2/{project_id}/apic/vpc-channels`',
    args: upsertArguments(t.arg),
    resolve: async (_root, { input, planId }, { services, operation, loaders }, info) => {
      const needsOutcome = selectsAny(info, ['results'], OUTCOME)
      try {
        return {
          results: await upsertProjectVpcChannels(services, input, operation, { needsOutcome, planId }),
        }
      } finally {
        loaders.forget()
      }
    },
  }),
)
