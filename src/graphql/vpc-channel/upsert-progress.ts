import { Repeater } from 'graphql-yoga'
import { upsertProjectVpcChannels } from '../../operations/upsert-project-vpc-channels.ts'
import type { UpsertResult } from '../../operations/upsert-result.ts'
import { builder } from '../builder.ts'
import { upsertArguments } from './upsert-arguments.ts'
import { UpsertProjectVpcChannelResultType } from './upsert-project-vpc-channels.ts'

interface Progress {
  readonly finished: number
  readonly requested: number
  readonly result: UpsertResult
}

const UpsertProjectVpcChannelsProgressType = builder
  .objectRef<Progress>('UpsertProjectVpcChannelsProgress')
  .implement({
    description: 'The result of one instance of a batch, as soon as it is known.',
    fields: (t) => ({
      finished: t.exposeInt('finished', {
        nullable: false,
        description: 'Number of instances with a result by now.',
      }),
      requested: t.exposeInt('requested', { nullable: false, description: 'Number of requested instances.' }),
      result: t.expose('result', {
        type: UpsertProjectVpcChannelResultType,
        nullable: false,
        description: 'The result of this instance.',
      }),
    }),
  })

builder.subscriptionType({ description: 'Writes of VPC channels, with one event per result.' })

builder.subscriptionField('upsertProjectVpcChannels', (t) =>
  t.field({
    type: UpsertProjectVpcChannelsProgressType,
    nullable: false,
    description:
      'The same write as the mutation `upsertProjectVpcChannels`, with one event per instance as soon as its result is known. The gateway completes the write also after the client has disconnected.',
    args: upsertArguments(t.arg),
    subscribe: (_root, { input, planId }, { services, operation }) =>
      new Repeater<Progress>(async (push, stop) => {
        const requested = input.instanceIds.length
        let finished = 0
        const onResult = (result: UpsertResult): void => {
          finished += 1
          push({ finished, requested, result })
        }
        try {
          await upsertProjectVpcChannels(services, input, operation, { needsOutcome: true, planId, onResult })
          stop()
        } catch (error) {
          // Where every instance failed, each has had its event.
          stop(finished === requested ? undefined : error)
        }
      }),
    resolve: (progress) => progress,
  }),
)
