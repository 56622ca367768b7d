import { describe, expect, test } from 'vitest'
import { PROJECT_ID } from '../../support/start-gateway.ts'
import { channels, queryOf, startReading } from './channel-store.ts'
import { entities, reference } from './documents.ts'

const HUNDRED = { instances: { 'apigw/apig-1': channels(100), 'apic/roma-1': channels(100) } }
const PATH = `/v2/${PROJECT_ID}/apigw/instances/apig-1/vpc-channels`

/** `vpcChannel` by id, as often as there are ids, each under an alias of its own. */
const aliases = (ids: readonly string[], selection: string, more = ''): string =>
  ids
    .map((id, index) => `a${index}: vpcChannel(instanceId: "apig-1", id: "${id}"${more}) { ${selection} }`)
    .join(' ')

const ids = (count: number): string[] => channels(count).map(({ id }) => id ?? '')

describe('a hundred channels of one instance, by id, with fields that lists have', () => {
  const EVERYTHING_LISTED = 'id name port status memberGroups { id } microservice { id } instance { id }'

  test('are one call through aliases of vpcChannel', async () => {
    await using pair = await startReading(HUNDRED)
    const { data, errors } = await pair.send<Record<string, { id: string; name: string }>, unknown>(
      `query Hundred { ${aliases(ids(100), EVERYTHING_LISTED)} }`,
    )
    expect(errors).toBeUndefined()
    expect(Object.entries(data ?? {}).map(([alias, { id, name }]) => [alias, id, name])).toEqual(
      ids(100).map((id, index) => [`a${index}`, id, `name-of-${id}`]),
    )
    expect(pair.requests).toEqual([`GET ${PATH}`])
    expect(pair.calls.map(queryOf)).toEqual([{ offset: '0', limit: '500' }])
  })

  test.each([
    ['APIG', 'apigw/instances/apig-1', 'apig-1'],
    ['ROMA_CONNECT', 'apic/instances/roma-1', 'roma-1'],
  ] as const)('are one call through _entities of %s', async (product, path, instance) => {
    await using pair = await startReading(HUNDRED)
    const representations = ids(100).map((id) => reference(instance, id, product))
    const { data, errors } = await pair.send(entities('id name'), { representations })
    expect(errors).toBeUndefined()
    expect(data?._entities).toEqual(ids(100).map((id) => ({ id, name: `name-of-${id}` })))
    expect(pair.requests).toEqual([`GET /v2/${PROJECT_ID}/${path}/vpc-channels`])
  })

  test('are one call through aliases and _entities together', async () => {
    await using pair = await startReading(HUNDRED)
    const representations = ids(50).map((id) => reference('apig-1', id))
    const { errors } = await pair.send<unknown, unknown>(
      `query Both($representations: [_Any!]!) {
        ${aliases(ids(100).slice(25), 'name')}
        _entities(representations: $representations) { ... on VpcChannel { name } }
      }`,
      { representations },
    )
    expect(errors).toBeUndefined()
    expect(pair.requests).toEqual([`GET ${PATH}`])
  })

  test('are one call where members are named but left out', async () => {
    await using pair = await startReading(HUNDRED)
    await pair.send(`query Hundred { ${aliases(ids(100), 'name members @include(if: false) { id }')} }`)
    expect(pair.calls.length).toBe(1)
  })
})

test('channels of several instances, products and projects are one call each', async () => {
  await using pair = await startReading({
    instances: {
      'apigw/apig-1': channels(9),
      'apigw/apig-2': channels(9),
      'apic/apig-1': channels(9),
    },
  })
  const { errors } = await pair.send(`query Mixed {
    ${aliases(ids(9), 'name')}
    ${aliases(ids(9), 'name', ', product: ROMA_CONNECT').replaceAll(/a(\d+):/g, 'b$1:')}
    ${aliases(ids(9), 'name')
      .replaceAll('apig-1', 'apig-2')
      .replaceAll(/a(\d+):/g, 'c$1:')}
    ${aliases(ids(9), 'name', ', projectId: "other"').replaceAll(/a(\d+):/g, 'd$1:')}
  }`)
  expect(errors).toBeUndefined()
  expect(pair.requests.toSorted()).toEqual(
    [
      `GET /v2/${PROJECT_ID}/apic/instances/apig-1/vpc-channels`,
      `GET /v2/${PROJECT_ID}/apigw/instances/apig-1/vpc-channels`,
      `GET /v2/${PROJECT_ID}/apigw/instances/apig-2/vpc-channels`,
      'GET /v2/other/apigw/instances/apig-1/vpc-channels',
    ].toSorted(),
  )
})

test('one channel with fields that lists have is one call by id', async () => {
  await using pair = await startReading(HUNDRED)
  await pair.send(`query One { ${aliases(['channel-7'], 'name')} }`)
  expect(pair.requests).toEqual([`GET ${PATH}/channel-7`])
})

test.each([
  ['as a list of edges', 'edges { node { members { id } healthCheck { id } } }'],
  ['as nodes', 'nodes { members { id } } '],
  ['as both', 'nodes { members { id } } edges { node { healthCheck { id } } }'],
])('members of the 20 channels of a page cost 20 calls beside the list, %s', async (_how, selection) => {
  await using pair = await startReading(HUNDRED)
  const { errors } = await pair.send(`query Page { vpcChannels(instanceId: "apig-1") { ${selection} } }`)
  expect(errors).toBeUndefined()
  expect(pair.requests.toSorted()).toEqual(
    [`GET ${PATH}`, ...ids(20).map((id) => `GET ${PATH}/${id}`)].toSorted(),
  )
})
