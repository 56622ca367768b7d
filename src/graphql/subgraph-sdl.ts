import { filterSchema, printSchemaWithDirectives } from '@graphql-tools/utils'
import type { GraphQLSchema } from 'graphql'

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`

/** What composition adds to every subgraph itself. */
const isOfFederation = (name: string): boolean => name.startsWith('_')

/** The schema as a Federation 2 subgraph: with its keys, for composition to read. */
export function subgraphSdl(schema: GraphQLSchema): string {
  const own = filterSchema({
    schema,
    rootFieldFilter: (_operation, field) => !isOfFederation(field),
    typeFilter: (name) => !isOfFederation(name),
  })
  return `${LINK}\n\n${printSchemaWithDirectives(own)}\n`
}
