import type { GraphQLResolveInfo } from 'graphql'
import { GatewayError } from '../errors/gateway-error.ts'
import type { ValidationFault } from '../errors/validation-fault.ts'
import { isId } from '../lib/ids.ts'
import { isProduct, PRODUCTS } from '../lib/products.ts'
import { isObject } from '../vpc-channel/read-json.ts'
import type { VpcChannel } from '../vpc-channel/vpc-channel.ts'
import { builder } from './builder.ts'
import type { GraphqlContext } from './graphql-context.ts'
import { sdlOf } from './subgraph-sdl.ts'
import { selectsWholeChannel } from './vpc-channel/selection.ts'
import { VpcChannelType } from './vpc-channel/types.ts'

/*
 * What a router asks of a Federation 2 subgraph, as fields like every other one, so that limits, logs and errors treat
 * them alike. https://www.apollographql.com/docs/graphos/reference/federation/subgraph-spec
 */

/** References that one operation may ask for. */
const MAX_REPRESENTATIONS = 100

builder.scalarType('_Any', {
  description: 'A reference to an entity: its type name and the fields of its key.',
  serialize: (value) => value,
})

const EntityUnion = builder.unionType('_Entity', {
  description: 'The types that other subgraphs may refer to.',
  types: [VpcChannelType],
  resolveType: () => VpcChannelType,
})

const ServiceType = builder.objectRef<{ sdl: string }>('_Service').implement({
  description: 'This subgraph, for composition.',
  fields: (t) => ({
    sdl: t.exposeString('sdl', {
      nullable: false,
      description: 'The schema with its federation directives.',
    }),
  }),
})

builder.queryFields((t) => ({
  _service: t.field({
    type: ServiceType,
    nullable: false,
    description: 'This subgraph, for composition.',
    resolve: (_root, _args, _context, { schema }) => ({ sdl: sdlOf(schema) }),
  }),
  _entities: t.field({
    type: [EntityUnion],
    nullable: { list: false, items: true },
    description:
      'The entities behind references, in their order; `null` with an error at its index for one that cannot be fetched. At most 100 at once.',
    args: {
      representations: t.arg({
        type: ['_Any'],
        required: true,
        description: 'The references: `{__typename: "VpcChannel", product, instanceId, id}`.',
      }),
    },
    resolve: (_root, { representations }, context, info) => {
      // Aliases of this field count together.
      const asked = (askedFor.get(context) ?? 0) + representations.length
      askedFor.set(context, asked)
      if (asked > MAX_REPRESENTATIONS) {
        const params = { min: 0, max: MAX_REPRESENTATIONS, actual: asked }
        throw badInput({ path: ['representations'], rule: 'LIST_SIZE', params, source: 'GATEWAY' })
      }
      return representations.map((reference, index) => entityOf(reference, index, context, info))
    },
  }),
}))

/** How many references each operation has asked for. */
const askedFor = new WeakMap<GraphqlContext, number>()

const badInput = (...validation: ValidationFault[]): GatewayError =>
  new GatewayError('BAD_USER_INPUT', { validation })

/** The channel behind a reference. A channel that is gone is an error: another subgraph still refers to it. */
async function entityOf(
  reference: unknown,
  index: number,
  { loaders, operation }: GraphqlContext,
  info: GraphQLResolveInfo,
): Promise<VpcChannel> {
  const { __typename, product, instanceId, id } = isObject(reference) ? reference : {}
  const faults: ValidationFault[] = []
  const fault = (
    field: string,
    rule: 'ID' | 'ENUM',
    params: Readonly<Record<string, unknown>> = {},
  ): void => {
    faults.push({ path: ['representations', index, field], rule, params, source: 'GATEWAY' })
  }
  // The other fields depend on the type.
  if (__typename !== 'VpcChannel') fault('__typename', 'ENUM', { values: ['VpcChannel'] })
  else {
    if (!isProduct(product)) fault('product', 'ENUM', { values: Object.keys(PRODUCTS) })
    if (typeof instanceId !== 'string' || !isId(instanceId)) fault('instanceId', 'ID')
    if (typeof id !== 'string' || !isId(id)) fault('id', 'ID')
  }
  if (faults.length > 0 || !isProduct(product)) throw badInput(...faults)

  const key = {
    product,
    projectId: operation.projectId ?? '',
    instanceId: String(instanceId),
    id: String(id),
  }
  const channel = await (selectsWholeChannel(info, []) ? loaders.whole(key) : loaders.listed(key))
  if (channel === null) throw new GatewayError('NOT_FOUND', { reason: 'CHANNEL_NOT_FOUND' })
  return channel
}
