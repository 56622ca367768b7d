import { describe, expect, test } from 'vitest'
import { PROJECT_ID } from '../../support/start-gateway.ts'
import { channels, queryOf, type ReadingPair, startReading } from './channel-store.ts'
import { INSTANCE_PAGE, PROJECT_PAGE } from './documents.ts'

const STORE = { instances: { 'apigw/apig-1': channels(1), 'apic/roma-1': channels(1) } }
const APIG_PATH = `/v2/${PROJECT_ID}/apigw/instances/apig-1/vpc-channels`
const ROMA_PATH = `/v2/${PROJECT_ID}/apic/instances/roma-1/vpc-channels`
const PROJECT_PATH = `/v2/${PROJECT_ID}/apic/vpc-channels`

const queries = (pair: ReadingPair) => pair.calls.map(queryOf)

/** GraphQL name, its value, and the REST parameters that it is. */
const FILTERS: readonly (readonly [object, Readonly<Record<string, string>>])[] = [
  [{ id: 'channel-0' }, { id: 'channel-0' }],
  [{ name: 'pay' }, { name: 'pay' }],
  [
    { name: 'pay', preciseSearch: true },
    { name: 'pay', precise_search: 'name' },
  ],
  [{ name: 'pay', preciseSearch: false }, { name: 'pay' }],
  [{ name: 'pay', preciseSearch: null }, { name: 'pay' }],
  [{ memberHost: '192.168.0.5' }, { member_host: '192.168.0.5' }],
  [{ memberPort: 22 }, { member_port: '22' }],
  [{ memberPort: 0 }, { member_port: '0' }],
  [{ memberPort: 65_535 }, { member_port: '65535' }],
  [{ memberGroupName: 'blue' }, { member_group_name: 'blue' }],
  [{ memberGroupId: 'group-1' }, { member_group_id: 'group-1' }],
  [
    {
      id: 'channel-0',
      name: 'pay',
      preciseSearch: true,
      memberHost: '::1',
      memberPort: 22,
      memberGroupName: 'blue',
      memberGroupId: 'group-1',
    },
    {
      id: 'channel-0',
      name: 'pay',
      precise_search: 'name',
      member_host: '::1',
      member_port: '22',
      member_group_name: 'blue',
      member_group_id: 'group-1',
    },
  ],
  [{}, {}],
  [
    { id: null, name: null, memberHost: null, memberPort: null, memberGroupName: null, memberGroupId: null },
    {},
  ],
]

describe('a list is asked for with one GET', () => {
  test.each([
    ['of an APIG instance where no product is named', { instanceId: 'apig-1' }, APIG_PATH],
    ['of an APIG instance', { product: 'APIG', instanceId: 'apig-1' }, APIG_PATH],
    ['of a ROMA Connect instance', { product: 'ROMA_CONNECT', instanceId: 'roma-1' }, ROMA_PATH],
  ] as const)('%s', async (_what, variables, path) => {
    await using pair = await startReading(STORE)
    const { errors } = await pair.send(INSTANCE_PAGE, variables)
    expect(errors).toBeUndefined()
    expect(pair.requests).toEqual([`GET ${path}`])
    expect(pair.calls[0]?.body).toBe('')
  })

  test('of a project', async () => {
    await using pair = await startReading(STORE)
    const { errors } = await pair.send(PROJECT_PAGE, {})
    expect(errors).toBeUndefined()
    expect(pair.requests).toEqual([`GET ${PROJECT_PATH}`])
    expect(pair.calls[0]?.body).toBe('')
  })
})

describe('a list is asked only for what is given', () => {
  const BARE = [
    ['an instance', 'query Bare { vpcChannels(instanceId: "apig-1") { nodes { id } } }'],
    ['a project', 'query Bare { projectVpcChannels { nodes { id } } }'],
  ] as const

  test.each(BARE)('of %s: offset 0 and limit 20 where nothing is', async (_of, document) => {
    await using pair = await startReading(STORE)
    const { errors } = await pair.send(document)
    expect(errors).toBeUndefined()
    expect(queries(pair)).toEqual([{ offset: '0', limit: '20' }])
  })

  test.each(FILTERS)('by the filter %j', async (filter, parameters) => {
    await using pair = await startReading(STORE)
    await pair.send(INSTANCE_PAGE, { instanceId: 'apig-1', filter, first: 7 })
    await pair.send(INSTANCE_PAGE, { product: 'ROMA_CONNECT', instanceId: 'roma-1', filter, first: 7 })
    await pair.send(PROJECT_PAGE, { filter, first: 7 })
    const expected = { offset: '0', limit: '7', ...parameters }
    expect(queries(pair)).toEqual([expected, expected, expected])
  })

  test('and by no filter where it is null', async () => {
    await using pair = await startReading(STORE)
    await pair.send(INSTANCE_PAGE, { instanceId: 'apig-1', filter: null, after: null })
    await pair.send(PROJECT_PAGE, { filter: null, after: null })
    expect(queries(pair)).toEqual([
      { offset: '0', limit: '20' },
      { offset: '0', limit: '20' },
    ])
  })

  test('with the same filter on every further page', async () => {
    await using pair = await startReading({ instances: { 'apigw/apig-1': channels(5) } })
    const filter = { name: '订单 & 1', preciseSearch: true }
    const first = await pair.send(INSTANCE_PAGE, { instanceId: 'apig-1', filter, first: 2 })
    const after = first.data?.vpcChannels.pageInfo.endCursor
    await pair.send(INSTANCE_PAGE, { instanceId: 'apig-1', filter, first: 2, after })
    const parameters = { limit: '2', name: '订单 & 1', precise_search: 'name' }
    expect(queries(pair)).toEqual([
      { offset: '0', ...parameters },
      { offset: '2', ...parameters },
    ])
  })
})

test.each([
  ['memberPort', '22'],
  ['memberPort', 65_536],
  ['memberPort', -1],
  ['preciseSearch', 'name'],
  ['name', 1],
])('a filter’s %s of %j is refused with its path and nothing is asked', async (field, value) => {
  await using pair = await startReading(STORE)
  const { errors } = await pair.send(INSTANCE_PAGE, { instanceId: 'apig-1', filter: { [field]: value } })
  expect(errors?.map(({ extensions }) => [extensions.code, extensions.validation[0].path])).toEqual([
    ['BAD_USER_INPUT', ['filter', field]],
  ])
  expect(pair.calls).toEqual([])
})
