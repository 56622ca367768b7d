import { describe, expect, test } from 'vitest'
import { PROJECT_ID } from '../../support/start-gateway.ts'
import { channels, queryOf, startReading } from './channel-store.ts'
import { entities, reference } from './documents.ts'

const STORE = {
  instances: {
    'apigw/apig-1': channels(40, 'a'),
    'apigw/apig-2': channels(40, 'b'),
    'apic/roma-1': channels(40, 'c'),
    'apic/roma-2': channels(40, 'd'),
  },
}

/** Instances, each with its product and the prefix of its channels' ids. */
const PLACES = [
  ['apig-1', 'APIG', 'a'],
  ['roma-1', 'ROMA_CONNECT', 'c'],
  ['apig-2', 'APIG', 'b'],
  ['roma-2', 'ROMA_CONNECT', 'd'],
] as const

/** One of each place in turn, so that neighbours never belong together. */
const mixed = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const [instance, product, prefix] = PLACES[index % PLACES.length] ?? PLACES[0]
    return reference(instance, `${prefix}-${Math.floor(index / PLACES.length)}`, product)
  })

describe('entities', () => {
  test('of a hundred references over four instances come in their order, with one call an instance', async () => {
    await using pair = await startReading(STORE)
    const representations = mixed(100)
    const { data, errors } = await pair.send(entities('__typename product instanceId id name'), {
      representations,
    })
    expect(errors).toBeUndefined()
    expect(data?._entities).toEqual(representations.map((one) => ({ ...one, name: `name-of-${one.id}` })))
    expect(pair.requests.toSorted()).toEqual(
      [
        `GET /v2/${PROJECT_ID}/apic/instances/roma-1/vpc-channels`,
        `GET /v2/${PROJECT_ID}/apic/instances/roma-2/vpc-channels`,
        `GET /v2/${PROJECT_ID}/apigw/instances/apig-1/vpc-channels`,
        `GET /v2/${PROJECT_ID}/apigw/instances/apig-2/vpc-channels`,
      ].toSorted(),
    )
    expect(pair.calls.map(queryOf)).toEqual(PLACES.map(() => ({ offset: '0', limit: '500' })))
  })

  test('in reverse and repeated, come as they were asked', async () => {
    await using pair = await startReading(STORE)
    const representations = [...mixed(20).toReversed(), ...mixed(20)]
    const { data } = await pair.send(entities('product instanceId id'), { representations })
    expect(data?._entities).toEqual(representations.map(({ __typename, ...key }) => key))
    expect(pair.calls).toHaveLength(4)
  })

  test('repeated fifty times are one call, and fifty entities', async () => {
    await using pair = await startReading(STORE)
    const representations = Array.from({ length: 50 }, () => reference('apig-1', 'a-3'))
    const { data } = await pair.send(entities('name members { id }'), { representations })
    expect(data?._entities).toEqual(
      representations.map(() => ({ name: 'name-of-a-3', members: [{ id: 'member-of-a-3' }] })),
    )
    expect(pair.requests).toEqual([`GET /v2/${PROJECT_ID}/apigw/instances/apig-1/vpc-channels/a-3`])
  })

  test('of no references are none, and no call', async () => {
    await using pair = await startReading(STORE)
    const { data, errors } = await pair.send(entities('name'), { representations: [] })
    expect({ data, errors }).toEqual({ data: { _entities: [] }, errors: undefined })
    expect(pair.calls).toEqual([])
  })

  test('of references written into the document are the same', async () => {
    await using pair = await startReading(STORE)
    const { data } = await pair.send<unknown, unknown>(`query Literal {
      _entities(representations: [{__typename: "VpcChannel", product: "APIG", instanceId: "apig-1", id: "a-1"}]) {
        ... on VpcChannel { name instance { id } }
      }
    }`)
    expect(data).toEqual({ _entities: [{ name: 'name-of-a-1', instance: { id: 'apig-1' } }] })
  })

  test('take fields beyond the key, and have no use for them', async () => {
    await using pair = await startReading(STORE)
    const more = { projectId: 'other', name: 'not its name', members: null, extra: { deep: [1] } }
    const representations = [{ ...reference('apig-1', 'a-1'), ...more }]
    const { data, errors } = await pair.send(entities('projectId name'), { representations })
    expect(errors).toBeUndefined()
    expect(data?._entities).toEqual([{ projectId: PROJECT_ID, name: 'name-of-a-1' }])
  })
})

describe('members of entities are had by one call a channel', () => {
  const WHOLE = [
    ['selected', '... on VpcChannel { members { id } }', ''],
    ['under an alias', '... on VpcChannel { servers: members { id } }', ''],
    ['in a fragment', '...Members', 'fragment Members on VpcChannel { members { id } }'],
    [
      'in a fragment of a fragment',
      '... on VpcChannel { ...Outer }',
      'fragment Outer on VpcChannel { ...Inner } fragment Inner on VpcChannel { healthCheck { id } }',
    ],
    [
      'in a fragment of the union',
      '...All',
      'fragment All on _Entity { ... on VpcChannel { members { id } } }',
    ],
    ['in a second selection', '... on VpcChannel { id } ... on VpcChannel { members { id } }', ''],
  ] as const

  test.each(WHOLE)('%s', async (_how, selection, fragments) => {
    await using pair = await startReading(STORE)
    const representations = [
      reference('apig-1', 'a-0'),
      reference('apig-1', 'a-1'),
      reference('apig-1', 'a-2'),
    ]
    const { data, errors } = await pair.send<unknown, unknown>(
      `query Whole($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } } ${fragments}`,
      { representations },
    )
    expect(errors).toBeUndefined()
    expect(JSON.stringify(data)).toMatch(/(member|check)-of-a-0.*a-1.*a-2/)
    expect(pair.requests.map((request) => request.split('/').at(-1)).toSorted()).toEqual([
      'a-0',
      'a-1',
      'a-2',
    ])
  })

  test('and not where they are skipped', async () => {
    await using pair = await startReading(STORE)
    const representations = [
      reference('apig-1', 'a-0'),
      reference('apig-1', 'a-1'),
      reference('apig-1', 'a-2'),
    ]
    await pair.send(entities('name members @skip(if: true) { id }'), { representations })
    expect(pair.requests.map((request) => request.split('/').at(-1))).toEqual(['vpc-channels'])
  })
})

describe('more than a hundred references', () => {
  test.each([101, 200])('are refused and nothing is asked: %i', async (count) => {
    await using pair = await startReading(STORE)
    const representations = Array.from({ length: count }, (_, index) => reference('apig-1', `a-${index}`))
    const { data, errors } = await pair.send(entities('name'), { representations })
    expect(data).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: ['_entities'],
      extensions: {
        code: 'BAD_USER_INPUT',
        validation: [
          { path: ['representations'], rule: 'LIST_SIZE', params: { min: 0, max: 100, actual: count } },
        ],
      },
    })
    expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
    expect(pair.calls).toEqual([])
  })

  test('are refused in one operation, however many fields they are spread over', async () => {
    await using pair = await startReading(STORE)
    const hundred = (instance: string) =>
      Array.from({ length: 100 }, (_, index) => reference(instance, `a-${index}`))
    const { errors } = await pair.send<unknown, unknown>(
      `query Spread($one: [_Any!]!, $two: [_Any!]!) {
        one: _entities(representations: $one) { ... on VpcChannel { members { id } } }
        two: _entities(representations: $two) { ... on VpcChannel { members { id } } }
      }`,
      { one: hundred('apig-1'), two: hundred('apig-2') },
    )
    expect(errors?.map((error) => error.extensions.code) ?? []).toContain('BAD_USER_INPUT')
    expect(pair.calls.length).toBeLessThanOrEqual(100)
  })
})
