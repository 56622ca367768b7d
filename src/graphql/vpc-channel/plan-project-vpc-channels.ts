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
    WOULD_CREATE: { description: 'The instance has no channel of that name; the write would create one.' },
    WOULD_UPDATE: { description: 'The instance has a channel of that name; the write would update it.' },
    UNCHANGED: { description: 'The instance has the channel already, and it matches the input exactly.' },
    WOULD_FAIL: { description: 'The gateway or the cloud would refuse the write; `error` says why.' },
  } as const satisfies Record<PlannedAction, { description: string }>,
})

const VpcChannelPreconditionEnum = builder.enumType('VpcChannelPrecondition', {
  description: 'What a plan checks of an instance in addition to its channels.',
  values: {
    VPC_NAME_MODIFIABLE: {
      description:
        'Whether the instance accepts batches: its `vpc_name_modifiable` must be off. REST: `GET …/instances/{instance_id}/features`',
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
      description: 'What the write would do there.',
    }),
    changes: t.expose('changes', {
      type: [VpcChannelChangeType],
      nullable: false,
      description: 'What the write would change; empty except for `WOULD_UPDATE`.',
    }),
    ignored: t.expose('ignored', {
      type: [VpcChannelChangeType],
      nullable: false,
      description:
        'What the input asks for and the cloud would not change: the `type` of an existing channel.',
    }),
    notChecked: t.expose('notChecked', {
      type: [VpcChannelPreconditionEnum],
      nullable: false,
      description:
        'Preconditions that the gateway could not check: the cloud did not answer, or does not let the caller read them. The cloud may refuse the write for them.',
    }),
    error: t.field({
      type: VpcChannelOperationErrorType,
      nullable: true,
      description: 'Why the write would fail; `null` where the plan found no obstacle.',
      resolve: ({ error }) => error && { ...error },
    }),
  }),
})

const VpcChannelPlanType = builder.objectRef<Plan>('VpcChannelPlan').implement({
  description: 'What `upsertProjectVpcChannels` would do with this input at this moment.',
  fields: (t) => ({
    planId: t.exposeID('planId', {
      nullable: false,
      description:
        'Identifies the input and the channels at this moment. `upsertProjectVpcChannels` with it writes nothing if something else has changed the channels since.',
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
        description: 'The channel, and the instances to plan it for.',
      }),
    },
    resolve: (_root, { input }, { services, operation }) =>
      planProjectVpcChannels(services, input, operation),
  }),
)
