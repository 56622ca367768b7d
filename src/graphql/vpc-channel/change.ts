import type { Difference } from '../../vpc-channel/comparison.ts'
import { builder } from '../builder.ts'

const VpcChannelChangeKindEnum = builder.enumType('VpcChannelChangeKind', {
  description: 'What the write would do to one part of a channel.',
  values: {
    ADDED: { description: 'The channel does not have the part; the write would add it.' },
    CHANGED: { description: 'The write would change the part.' },
    REMOVED: { description: 'The channel has the part; the write would remove it.' },
  } as const,
})

export const VpcChannelChangeType = builder.objectRef<Difference>('VpcChannelChange').implement({
  description:
    'One part of a channel that differs from the input. Servers and groups are compared as sets; group, address and port identify a server.',
  fields: (t) => ({
    path: t.exposeString('path', {
      nullable: false,
      description:
        'The part, in GraphQL names: `port`, `members[192.168.0.5:22].weight`, `memberGroups[blue]`; `members[blue/192.168.0.5:22]` where the address is in several groups.',
    }),
    kind: t.field({
      type: VpcChannelChangeKindEnum,
      nullable: false,
      description: 'What the write would do to it.',
      resolve: ({ wanted, found }) => (found === null ? 'ADDED' : wanted === null ? 'REMOVED' : 'CHANGED'),
    }),
    before: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The present value; `null` where the channel does not have the part.',
      resolve: ({ found }) => found,
    }),
    after: t.field({
      type: 'JSON',
      nullable: true,
      description: 'The value in the input; `null` where the input does not have the part.',
      resolve: ({ wanted }) => wanted,
    }),
    certain: t.exposeBoolean('certain', {
      nullable: false,
      description:
        '`false` where the response of the cloud does not show whether the part differs, or where the vendor does not document what an update does to it.',
    }),
  }),
})
