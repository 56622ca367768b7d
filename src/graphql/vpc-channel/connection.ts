import type { ListPage } from '../../operations/list-page.ts'
import type { ListedChannel } from '../../operations/list-vpc-channels.ts'
import { builder } from '../builder.ts'
import { cursorOf } from './cursor.ts'
import { VpcChannelType } from './types.ts'

const VpcChannelPageInfoType = builder.objectRef<ListPage>('VpcChannelPageInfo').implement({
  description: 'The position of a page in its list.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      nullable: false,
      description: 'Whether there are channels after this page.',
      resolve: ({ hasMore }) => hasMore,
    }),
    hasPreviousPage: t.boolean({
      nullable: false,
      description: 'Whether there are channels before this page.',
      resolve: ({ offset, total }) => offset > 0 && total > 0,
    }),
    startCursor: t.string({
      nullable: true,
      description: 'Cursor of the first channel of the page.',
      resolve: ({ offset, taken }) => (taken === 0 ? null : cursorOf(offset)),
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last channel of the page: give it as `after` for the next page.',
      resolve: ({ offset, taken }) => (taken === 0 ? null : cursorOf(offset + taken - 1)),
    }),
  }),
})

const VpcChannelEdgeType = builder.objectRef<ListedChannel>('VpcChannelEdge').implement({
  description: 'A channel and its position in the list.',
  fields: (t) => ({
    cursor: t.string({
      nullable: false,
      description: 'The position of the channel, for `after`.',
      resolve: ({ position }) => cursorOf(position),
    }),
    node: t.expose('channel', { type: VpcChannelType, nullable: false, description: 'The channel.' }),
  }),
})

export const VpcChannelConnectionType = builder.objectRef<ListPage>('VpcChannelConnection').implement({
  description:
    'A page of VPC channels. The cloud pages by position: a channel that is created or deleted between two pages shifts the others.',
  fields: (t) => ({
    edges: t.field({
      type: [VpcChannelEdgeType],
      nullable: false,
      description: 'The channels with their cursors.',
      resolve: ({ channels }) => channels,
    }),
    nodes: t.field({
      type: [VpcChannelType],
      nullable: false,
      description: 'The channels alone.',
      resolve: ({ channels }) => channels.map(({ channel }) => channel),
    }),
    pageInfo: t.field({
      type: VpcChannelPageInfoType,
      nullable: false,
      description: 'The position of the page in the list.',
      resolve: (page) => page,
    }),
    totalCount: t.exposeInt('total', {
      nullable: false,
      description: 'Number of channels that match the filter, on all pages. REST: `total`',
    }),
  }),
})
