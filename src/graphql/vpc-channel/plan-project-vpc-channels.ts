import {
  type InstancePlan,
  type Plan,
  type PlannedAction,
  planProjectVpcChannels,
} from '../../operations/plan-project-vpc-channels.ts'
import type { Difference } from '../../translation/channel-differences.ts'
import { builder } from '../builder.ts'
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

const VpcChannelChangeKindEnum = builder.enumType('VpcChannelChangeKind', {
  description: 'What would happen to one part of a channel.',
  values: {
    ADDED: { description: 'It is not there, and would be.' },
    CHANGED: { description: 'It is there, and would be another.' },
    REMOVED: { description: 'It is there, and would be gone.' },
  } as const,
})

const VpcChannelChangeType = builder.objectRef<Difference>('VpcChannelChange').implement({
  description: 'One part of a channel that an upsert would change. Servers and groups are compared as sets.',
  fields: (t) => ({
    path: t.exposeString('path', {
      nullable: false,
      description:
        'The part, in GraphQL names: `port`, `members[192.168.0.5:22].weight`, `memberGroups[blue]`.',
    }),
    kind: t.field({
      type: VpcChannelChangeKindEnum,
      nullable: false,
      description: 'What would happen to it.',
      resolve: ({ wanted, found }) => (found === null ? 'ADDED' : wanted === null ? 'REMOVED' : 'CHANGED'),
    }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'As it is; `null` where it is not there.',
      resolve: ({ found }) => found,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: 'As it would be; `null` where it would be gone.',
      resolve: ({ wanted }) => wanted,
    }),
  }),
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
        'Stands for the input and for what is there: give it to the upsert, which then refuses if it changed.',
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
    resolve: (_root, { input }, { cloud, operation }) => planProjectVpcChannels(cloud, input, operation),
  }),
)
