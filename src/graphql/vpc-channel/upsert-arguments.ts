import type { ArgBuilder } from '@pothos/core'
import type { builder } from '../builder.ts'
import { UpsertProjectVpcChannelsInputType } from './inputs.ts'

/** What the batch write is asked with, as a mutation and as a subscription. */
export const upsertArguments = (arg: ArgBuilder<typeof builder.$inferSchemaTypes>) => ({
  input: arg({
    type: UpsertProjectVpcChannelsInputType,
    required: true,
    description: 'The channel to have, and where.',
  }),
  planId: arg.id({
    description:
      'The plan to apply, from `planProjectVpcChannels`. Where something else changed since, nothing is written, and the error CONFLICT carries the plan of what is there now, and its `planId`. Instances that are as asked already are not written again: after a lost answer, send the same `planId` again.',
  }),
})
