import { filterSchema, printSchemaWithDirectives } from '@graphql-tools/utils'
import type { GraphQLSchema } from 'graphql'

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`

/** GraphQL defines `@oneOf`, but Apollo's composer refuses a directive without a definition. */
const ONE_OF = 'directive @oneOf on INPUT_OBJECT'

/** What composition adds to every subgraph itself. */
const isOfFederation = (name: string): boolean => name.startsWith('_')

/** The schema as a Federation 2 subgraph: with its keys, for composition to read. */
export function subgraphSdl(schema: GraphQLSchema): string {
  const own = filterSchema({
    schema,
    rootFieldFilter: (_operation, field) => !isOfFederation(field),
    typeFilter: (name) => !isOfFederation(name),
  })
  return `${LINK}\n\n${ONE_OF}\n\n${printSchemaWithDirectives(own)}\n`
}

const sdls = new WeakMap<GraphQLSchema, string>()

/** The same, printed once for each schema. */
export function sdlOf(schema: GraphQLSchema): string {
  const printed = sdls.get(schema) ?? subgraphSdl(schema)
  sdls.set(schema, printed)
  return printed
}
