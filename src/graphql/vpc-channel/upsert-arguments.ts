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
      'The plan that was agreed to, from `planProjectVpcChannels`: where it does not hold any more nothing is written, and the error CONFLICT tells the plan as it is now.',
  }),
})
