import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { startGateway } from '../../support/start-gateway.ts'

const committed = (name: string): Promise<string> =>
  readFile(new URL(`../../../schema/${name}`, import.meta.url), 'utf8')

interface Service {
  readonly _service: { readonly sdl: string; readonly __typename?: string }
}

describe('the subgraph', () => {
  test('tells the schema that is committed for composition', async () => {
    await using gateway = await startGateway()
    const { data, errors } = await gateway.send<Service, unknown>('query { _service { sdl } }')
    expect(errors).toBeUndefined()
    expect(data?._service.sdl).toBe(await committed('subgraph.graphql'))
  })

  test('tells it to a router, which has no token and no project', async () => {
    await using gateway = await startGateway({ projectId: null })
    const { data } = await gateway.send<Service, unknown>('{ _service { sdl } }', undefined, {
      'x-auth-token': null,
    })
    expect(data?._service.sdl).toContain('type VpcChannel @key(fields: "product instanceId id")')
  })

  test('names its keys by Federation 2, and none of what composition adds itself', async () => {
    const sdl = await committed('subgraph.graphql')
    expect(sdl).toMatch(
      /^extend schema @link\(url: "https:\/\/specs\.apollo\.dev\/federation\/v2\.\d+", import: \["@key"\]\)/,
    )
    expect(sdl).toContain('type VpcChannelInstance @key(fields: "id", resolvable: false)')
    expect(sdl).not.toMatch(/\b_(Entity|Any|Service|entities|service)\b/)
    expect(sdl).not.toMatch(/directive @key/)
  })

  test('introspects as one: _Entity, _Any and _Service, and the fields that answer them', async () => {
    await using gateway = await startGateway()
    const { data } = await gateway.send<unknown, unknown>(`{
      entity: __type(name: "_Entity") { kind possibleTypes { name } }
      any: __type(name: "_Any") { kind }
      service: __type(name: "_Service") { kind fields { name type { name kind ofType { name } } } }
      query: __type(name: "Query") { fields { name } }
    }`)
    expect(data).toEqual({
      entity: { kind: 'UNION', possibleTypes: [{ name: 'VpcChannel' }] },
      any: { kind: 'SCALAR' },
      service: {
        kind: 'OBJECT',
        fields: [{ name: 'sdl', type: { name: null, kind: 'NON_NULL', ofType: { name: 'String' } } }],
      },
      query: {
        fields: expect.arrayContaining([
          { name: 'vpcChannel' },
          { name: 'vpcChannels' },
          { name: 'projectVpcChannels' },
          { name: '_entities' },
          { name: '_service' },
        ]),
      },
    })
  })

  test('has _entities of the shape that the specification asks for', async () => {
    expect(await committed('schema.graphql')).toMatch(
      /_entities\(\s*(?:"""[^"]*(?:"(?!"")[^"]*)*"""\s*)?representations: \[_Any!\]!\s*\): \[_Entity\]!/,
    )
  })
})
