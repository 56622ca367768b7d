import { printSchemaWithDirectives } from '@graphql-tools/utils'
import type { GraphQLSchema } from 'graphql'

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`

/** The schema as a Federation 2 subgraph: with its keys, for composition to read. */
export const subgraphSdl = (schema: GraphQLSchema): string =>
  `${LINK}\n\n${printSchemaWithDirectives(schema)}\n`
