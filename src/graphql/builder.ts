import SchemaBuilder from '@pothos/core'
import DirectivesPlugin from '@pothos/plugin-directives'
import type { GraphQLScalarType } from 'graphql'
import { GraphQLJSON } from 'graphql-scalars'
import type { GraphqlContext } from './graphql-context.ts'
import { DateTimeScalar, PortScalar } from './scalars.ts'

export interface SchemaTypes {
  Context: GraphqlContext
  Scalars: {
    ID: { Input: string; Output: string }
    Port: { Input: number; Output: number }
    DateTime: { Input: string; Output: string }
    JSON: { Input: unknown; Output: unknown }
    _Any: { Input: unknown; Output: unknown }
  }
  Directives: {
    key: { locations: 'OBJECT'; args: { fields: string; resolvable?: boolean } }
  }
}

export const builder = new SchemaBuilder<SchemaTypes>({
  plugins: [DirectivesPlugin],
  directives: { useGraphQLToolsUnorderedDirectives: true },
})

builder.addScalarType('Port', PortScalar)
builder.addScalarType('DateTime', DateTimeScalar)
builder.addScalarType('JSON', GraphQLJSON as GraphQLScalarType<unknown, unknown>)

builder.queryType({ description: 'Reads of VPC channels.' })
builder.mutationType({
  description:
    'Writes of VPC channels. After a failure, `errors[].extensions.effect` says whether the write happened.',
})
