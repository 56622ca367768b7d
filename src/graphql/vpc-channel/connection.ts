import type { ListPage } from '../../operations/list-page.ts'
import type { VpcChannel } from '../../translation/vpc-channel.ts'
import { builder } from '../builder.ts'
import { cursorOf } from './cursor.ts'
import { VpcChannelType } from './types.ts'

interface Edge {
  readonly cursor: string
  readonly node: VpcChannel
}

const VpcChannelPageInfoType = builder.objectRef<ListPage>('VpcChannelPageInfo').implement({
  description: 'Where a page stands in its list.',
  fields: (t) => ({
    hasNextPage: t.boolean({
      nullable: false,
      description: 'Whether there are channels after this page.',
      resolve: ({ offset, channels, total }) => offset + channels.length < total,
    }),
    hasPreviousPage: t.boolean({
      nullable: false,
      description: 'Whether there are channels before this page.',
      resolve: ({ offset, total }) => offset > 0 && total > 0,
    }),
    startCursor: t.string({
      nullable: true,
      description: 'Cursor of the first channel of the page.',
      resolve: ({ offset, channels }) => (channels.length === 0 ? null : cursorOf(offset)),
    }),
    endCursor: t.string({
      nullable: true,
      description: 'Cursor of the last channel of the page: give it as `after` for the next page.',
      resolve: ({ offset, channels }) =>
        channels.length === 0 ? null : cursorOf(offset + channels.length - 1),
    }),
  }),
})

const VpcChannelEdgeType = builder.objectRef<Edge>('VpcChannelEdge').implement({
  description: 'A channel and its place in the list.',
  fields: (t) => ({
    cursor: t.exposeString('cursor', { nullable: false, description: 'Its place in the list.' }),
    node: t.expose('node', { type: VpcChannelType, nullable: false, description: 'The channel.' }),
  }),
})

export const VpcChannelConnectionType = builder.objectRef<ListPage>('VpcChannelConnection').implement({
  description:
    'A page of VPC channels. The cloud pages by position: a channel created or deleted meanwhile moves the others.',
  fields: (t) => ({
    edges: t.field({
      type: [VpcChannelEdgeType],
      nullable: false,
      description: 'The channels with their cursors.',
      resolve: ({ offset, channels }) =>
        channels.map((node, index) => ({ cursor: cursorOf(offset + index), node })),
    }),
    nodes: t.field({
      type: [VpcChannelType],
      nullable: false,
      description: 'The channels alone.',
      resolve: ({ channels }) => channels,
    }),
    pageInfo: t.field({
      type: VpcChannelPageInfoType,
      nullable: false,
      description: 'Where the page stands in the list.',
      resolve: (page) => page,
    }),
    totalCount: t.exposeInt('total', {
      nullable: false,
      description: 'How many channels the filter lets through in all. REST: `total`',
    }),
  }),
})
