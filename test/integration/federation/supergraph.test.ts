import { getStitchedSchemaFromSupergraphSdl } from '@graphql-tools/federation'
import { graphql } from 'graphql'
import { describe } from 'vitest'
import { testSupergraph } from '../../support/supergraph.ts'

describe('in a supergraph', () => {
  testSupergraph(async (supergraphSdl) => {
    const schema = getStitchedSchemaFromSupergraphSdl({
      supergraphSdl,
      httpExecutorOpts: { headers: (request) => request?.context?.headers },
    })
    return {
      send: async (source, headers) =>
        JSON.parse(JSON.stringify(await graphql({ schema, source, contextValue: { headers } }))),
      [Symbol.asyncDispose]: async () => {},
    }
  })
})
