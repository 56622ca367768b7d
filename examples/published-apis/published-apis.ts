import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createSchema, createYoga } from 'graphql-yoga'

/** A channel by its key: all that this subgraph knows of it. */
interface ChannelReference {
  readonly product: 'APIG' | 'ROMA_CONNECT'
  readonly instanceId: string
  readonly id: string
}

interface PublishedApi {
  readonly id: string
  readonly name: string
  readonly path: string
  readonly vpcChannel: ChannelReference
}

const INSTANCE_ID = 'eddc4d25480b4cd6b512f270a1b8b341'
/** The channel that the gateway's sandbox begins with. */
const PAYMENTS = { product: 'APIG', instanceId: INSTANCE_ID, id: '105c6902457144a4820dff8b1ad63331' } as const
const DELETED = { product: 'APIG', instanceId: INSTANCE_ID, id: '0c8f1e5a9d3b47e2a6c4f7b1d2e3a495' } as const

const APIS: readonly PublishedApi[] = [
  { id: 'pay', name: 'Pay', path: '/payments', vpcChannel: PAYMENTS },
  { id: 'refund', name: 'Refund', path: '/refunds', vpcChannel: PAYMENTS },
  { id: 'order', name: 'Order', path: '/orders', vpcChannel: DELETED },
]

/** What a team gives to composition. */
const SDL = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8')

/** What a router asks of every subgraph, and the directives that `SDL` uses. */
const FEDERATION = `
  directive @link(url: String!, import: [String!]) repeatable on SCHEMA
  directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT
  scalar _Any
  union _Entity = VpcChannel | VpcChannelInstance
  type _Service { sdl: String! }
  extend type Query {
    _service: _Service!
    _entities(representations: [_Any!]!): [_Entity]!
  }
`

const schema = createSchema({
  typeDefs: [SDL, FEDERATION],
  resolvers: {
    Query: {
      publishedApis: () => APIS,
      _service: () => ({ sdl: SDL }),
      // A reference holds the key, and the key is all there is to know: the fields are found by it.
      _entities: (_root: unknown, { representations }: { representations: readonly unknown[] }) =>
        representations,
    },
    _Entity: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
    VpcChannel: {
      apis: ({ product, instanceId, id }: ChannelReference) =>
        APIS.filter(
          ({ vpcChannel: to }) => to.product === product && to.instanceId === instanceId && to.id === id,
        ),
    },
    VpcChannelInstance: {
      publishedApis: ({ id }: { id: string }) => APIS.filter((api) => api.vpcChannel.instanceId === id),
    },
  },
})

export interface PublishedApis extends AsyncDisposable {
  readonly url: string
}

/** Serves the subgraph on 127.0.0.1; 0 is any free port. */
export async function startPublishedApis(port: number): Promise<PublishedApis> {
  const server = createServer(createYoga({ schema, landingPage: false, logging: false }))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
      await closed
    },
  }
}
