import { readFileSync } from 'node:fs'
import { composeServices as composeWithApollo } from '@apollo/composition'
import { composeServices as composeWithTheGuild } from '@theguild/federation-composition'
import { federateSubgraphs, LATEST_ROUTER_COMPATIBILITY_VERSION } from '@wundergraph/composition'
import { parse } from 'graphql'
import { describe, expect, test } from 'vitest'
import { type Subgraph, subgraphs } from '../../scripts/compose-supergraph.ts'
import { startGateway } from '../support/start-gateway.ts'

const SDL = readFileSync('schema/subgraph.graphql', 'utf8')

const messages = (errors: readonly Error[] | undefined) => errors?.map(({ message }) => message) ?? []

/** Each composer answers its complaints: none where it composes. */
const COMPOSERS: Readonly<Record<string, (services: readonly Subgraph[]) => readonly string[]>> = {
  '@apollo/composition': (services) => messages(composeWithApollo([...services]).errors),
  '@theguild/federation-composition': (services) => messages(composeWithTheGuild([...services]).errors),
  '@wundergraph/composition': (services) => {
    const result = federateSubgraphs({
      subgraphs: services.map(({ typeDefs, ...rest }) => ({ ...rest, definitions: typeDefs })),
      version: LATEST_ROUTER_COMPATIBILITY_VERSION,
    })
    return result.success ? [] : messages(result.errors)
  },
}

describe.each(Object.entries(COMPOSERS))('%s', (_name, complaints) => {
  const [gateway, publishedApis] = subgraphs()

  test('composes the gateway alone', () => {
    expect(complaints([gateway])).toEqual([])
  })

  test('composes the gateway with a subgraph that refers to channels and adds to them', () => {
    expect(complaints([gateway, publishedApis])).toEqual([])
  })

  test('refuses where the key of a channel has changed', () => {
    const changed = SDL.replace('@key(fields: "product instanceId id")', '@key(fields: "product name")')
    expect(changed).not.toBe(SDL)
    expect(complaints([{ ...gateway, typeDefs: parse(changed) }, publishedApis])).not.toEqual([])
  })
})

test('a running gateway answers composition with the committed subgraph, byte for byte', async () => {
  await using gateway = await startGateway()
  const { data } = await gateway.send<{ _service: { sdl: string } }, unknown>('{ _service { sdl } }')
  expect(data?._service.sdl).toBe(SDL)
})
