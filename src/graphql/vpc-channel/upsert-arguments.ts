import type { ArgBuilder } from '@pothos/core'
import type { builder } from '../builder.ts'
import { UpsertProjectVpcChannelsInputType } from './inputs.ts'

/** The arguments of the batch write, as a mutation and as a subscription. */
export const upsertArguments = (arg: ArgBuilder<typeof builder.$inferSchemaTypes>) => ({
  input: arg({
    type: UpsertProjectVpcChannelsInputType,
    required: true,
    description: 'The channel, and the instances to write it to.',
  }),
  planId: arg.id({
    description:
      'The plan to apply, from `planProjectVpcChannels`. If something else has changed the channels since, the gateway writes nothing, and the error `CONFLICT` has a new plan with its `planId`. After a lost response, send the same `planId` again: instances that match the input already are not written twice.',
  }),
})
