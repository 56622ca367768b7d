import type { Difference } from '../../vpc-channel/comparison.ts'
import { builder } from '../builder.ts'

const VpcChannelChangeKindEnum = builder.enumType('VpcChannelChangeKind', {
  description: 'What would happen to one part of a channel.',
  values: {
    ADDED: { description: 'It is not there, and would be.' },
    CHANGED: { description: 'It is there, and would be another.' },
    REMOVED: { description: 'It is there, and would be gone.' },
  } as const,
})

export const VpcChannelChangeType = builder.objectRef<Difference>('VpcChannelChange').implement({
  description:
    'One part of a channel that is not as the input asks. Servers and groups are compared as sets; a server is known by group, address and port.',
  fields: (t) => ({
    path: t.exposeString('path', {
      nullable: false,
      description:
        'The part, in GraphQL names: `port`, `members[192.168.0.5:22].weight`, `memberGroups[blue]`; `members[blue/192.168.0.5:22]` where the address is in several groups.',
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
    certain: t.exposeBoolean('certain', {
      nullable: false,
      description:
        '`false` where the cloud does not show enough of the part to know whether it is as asked, or where no page says what an update does to it.',
    }),
  }),
})
