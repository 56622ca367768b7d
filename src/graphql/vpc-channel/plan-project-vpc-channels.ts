import type { InstancePlan, Plan, PlannedAction } from '../../operations/plan.ts'
import { planProjectVpcChannels } from '../../operations/plan-project-vpc-channels.ts'
import type { Precondition } from '../../operations/precondition.ts'
import { builder } from '../builder.ts'
import { VpcChannelChangeType } from './change.ts'
import { UpsertProjectVpcChannelsInputType } from './inputs.ts'
import { VpcChannelOperationErrorType } from './operation-error.ts'

const VpcChannelPlannedActionEnum = builder.enumType('VpcChannelPlannedAction', {
  description: 'What an upsert would do in one instance.',
  values: {
    WOULD_CREATE: { description: 'The instance has no channel of that name: one would be created.' },
    WOULD_UPDATE: { description: 'The instance has a channel of that name: it would be changed.' },
    UNCHANGED: { description: 'The instance has the very channel already.' },
    WOULD_FAIL: { description: 'The write would be refused; `error` says why.' },
  } as const satisfies Record<PlannedAction, { description: string }>,
})

const VpcChannelPreconditionEnum = builder.enumType('VpcChannelPrecondition', {
  description: 'What a plan checks in addition to the channels themselves.',
  values: {
    VPC_NAME_MODIFIABLE: {
      description:
        'Whether the instance takes batches: its `vpc_name_modifiable` must be off. REST: `GET …/instances/{instance_id}/features`',
    },
    CHANNEL_QUOTA: {
      description:
        'Whether the instance has room for one more channel. REST: `GET …/instances/{instance_id}/project/configs`, `VPC_NUM_LIMIT`',
    },
  } as const satisfies Record<Precondition, { description: string }>,
})

const VpcChannelInstancePlanType = builder.objectRef<InstancePlan>('VpcChannelInstancePlan').implement({
  description: 'What an upsert would do in one instance.',
  fields: (t) => ({
    instanceId: t.exposeID('instanceId', {
      nullable: false,
      description: 'The instance. REST: `instance_id`',
    }),
    action: t.expose('action', {
      type: VpcChannelPlannedActionEnum,
      nullable: false,
      description: 'What it would do.',
    }),
    changes: t.expose('changes', {
      type: [VpcChannelChangeType],
      nullable: false,
      description: 'What it would change; empty but for WOULD_UPDATE.',
    }),
    ignored: t.expose('ignored', {
      type: [VpcChannelChangeType],
      nullable: false,
      description: 'What the input asks for and the cloud would leave as it is: a channel keeps its type.',
    }),
    notChecked: t.expose('notChecked', {
      type: [VpcChannelPreconditionEnum],
      nullable: false,
      description:
        'What the cloud did not answer, or the caller may not read: the write may be refused for it.',
    }),
    error: t.field({
      type: VpcChannelOperationErrorType,
      nullable: true,
      description: 'Why it would be refused; `null` where nothing is known to forbid it.',
      resolve: ({ error }) => error && { ...error },
    }),
  }),
})

const VpcChannelPlanType = builder.objectRef<Plan>('VpcChannelPlan').implement({
  description: 'What `upsertProjectVpcChannels` would do with this input, now.',
  fields: (t) => ({
    planId: t.exposeID('planId', {
      nullable: false,
      description:
        'Identifies the input and what is there. With it, `upsertProjectVpcChannels` refuses to write where something else changed since. After a lost answer, send it again.',
    }),
    instances: t.expose('instances', {
      type: [VpcChannelInstancePlanType],
      nullable: false,
      description: 'One plan per requested instance, in the order of `instanceIds`.',
    }),
  }),
})

builder.queryField('planProjectVpcChannels', (t) =>
  t.field({
    type: VpcChannelPlanType,
    nullable: false,
    description:
      'What `upsertProjectVpcChannels` would do with this input, instance by instance. Writes nothing.',
    args: {
      input: t.arg({
        type: UpsertProjectVpcChannelsInputType,
        required: true,
        description: 'The channel to have, and where.',
      }),
    },
    resolve: (_root, { input }, { services, operation }) =>
      planProjectVpcChannels(services, input, operation),
  }),
)
