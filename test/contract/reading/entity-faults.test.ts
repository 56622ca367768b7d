import { describe, expect, test } from 'vitest'
import { channels, startReading } from './channel-store.ts'
import { entities, reference } from './documents.ts'

const STORE = { instances: { 'apigw/apig-1': channels(3), 'apic/roma-1': channels(1) } }
const GOOD = reference('apig-1', 'channel-0')
const { id: _id, ...WITHOUT_ID } = GOOD
const { instanceId: _instanceId, ...WITHOUT_INSTANCE } = GOOD
const { product: _product, ...WITHOUT_PRODUCT } = GOOD
const { __typename, ...WITHOUT_TYPENAME } = GOOD

/** With `__proto__` as a key of its own, as JSON can have it. */
const parsed = (json: string): unknown => JSON.parse(json)

const BAD: readonly (readonly [what: string, reference: unknown, field: string, rule: string])[] = [
  ['another type', { ...GOOD, __typename: 'VpcChannelInstance' }, '__typename', 'ENUM'],
  ['a type in lower case', { ...GOOD, __typename: 'vpcChannel' }, '__typename', 'ENUM'],
  ['no type', WITHOUT_TYPENAME, '__typename', 'ENUM'],
  ['a type of null', { ...GOOD, __typename: null }, '__typename', 'ENUM'],
  ['a type of objects', { ...GOOD, __typename: '__proto__' }, '__typename', 'ENUM'],
  ['a type that all objects have', { ...GOOD, __typename: 'constructor' }, '__typename', 'ENUM'],
  ['another product', { ...GOOD, product: 'ELB' }, 'product', 'ENUM'],
  ['a product by its REST path', { ...GOOD, product: 'apigw' }, 'product', 'ENUM'],
  ['no product', WITHOUT_PRODUCT, 'product', 'ENUM'],
  ['a product of objects', { ...GOOD, product: '__proto__' }, 'product', 'ENUM'],
  ['a product that all objects have', { ...GOOD, product: 'constructor' }, 'product', 'ENUM'],
  ['a product in a list', { ...GOOD, product: ['APIG'] }, 'product', 'ENUM'],
  ['no instance', WITHOUT_INSTANCE, 'instanceId', 'ID'],
  ['an instance above', { ...GOOD, instanceId: '..' }, 'instanceId', 'ID'],
  ['an instance with a path', { ...GOOD, instanceId: 'apig-1/vpc-channels' }, 'instanceId', 'ID'],
  ['an instance that is an object', { ...GOOD, instanceId: { toString: 'apig-1' } }, 'instanceId', 'ID'],
  ['no id', WITHOUT_ID, 'id', 'ID'],
  ['an id of nothing', { ...GOOD, id: '' }, 'id', 'ID'],
  ['an id with a query', { ...GOOD, id: 'channel-0?limit=1' }, 'id', 'ID'],
  ['an id escaped', { ...GOOD, id: 'channel%2D0' }, 'id', 'ID'],
  ['an id too long', { ...GOOD, id: 'x'.repeat(65) }, 'id', 'ID'],
  ['an id with a line', { ...GOOD, id: 'channel-0\n' }, 'id', 'ID'],
  ['an id of null', { ...GOOD, id: null }, 'id', 'ID'],
  ['an id in a list', { ...GOOD, id: ['channel-0'] }, 'id', 'ID'],
  ['an id as a number', { ...GOOD, id: 7 }, 'id', 'ID'],
  ['an instance as a number', { ...GOOD, instanceId: 7 }, 'instanceId', 'ID'],
  ['an empty object', {}, '__typename', 'ENUM'],
  ['a text', 'VpcChannel', '__typename', 'ENUM'],
  ['a number', 7, '__typename', 'ENUM'],
  ['a list', [GOOD], '__typename', 'ENUM'],
  [
    'a key that stands in __proto__',
    parsed(
      '{"__typename":"VpcChannel","instanceId":"apig-1","id":"channel-0","__proto__":{"product":"APIG"}}',
    ),
    'product',
    'ENUM',
  ],
  [
    'a key that stands in constructor',
    parsed(
      '{"__typename":"VpcChannel","instanceId":"apig-1","id":"channel-0","constructor":{"prototype":{"product":"APIG"}}}',
    ),
    'product',
    'ENUM',
  ],
]

describe('a reference', () => {
  test.each(BAD)('with %s is null and an error at its place; its neighbours resolve', async (...given) => {
    const [, bad, field, rule] = given
    await using pair = await startReading(STORE)
    const { status, data, errors } = await pair.send(entities('id'), {
      representations: [GOOD, bad, reference('roma-1', 'channel-0', 'ROMA_CONNECT')],
    })
    expect(status).toBe(200)
    expect(data?._entities).toEqual([{ id: 'channel-0' }, null, { id: 'channel-0' }])
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: ['_entities', 1],
      extensions: {
        code: 'BAD_USER_INPUT',
        validation: [{ path: ['representations', 1, field], rule, source: 'GATEWAY' }],
      },
    })
    expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
    expect(pair.calls).toHaveLength(2)
  })

  test('with every fault there is tells each of its own place', async () => {
    await using pair = await startReading(STORE)
    const { data, errors } = await pair.send(entities('id'), {
      representations: BAD.map(([, bad]) => bad),
    })
    expect(data?._entities).toEqual(BAD.map(() => null))
    const told = errors?.map(({ path, extensions }) => [path?.[1], extensions.validation[0].path])
    expect(told?.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual(
      BAD.map(([, , field], index) => [index, ['representations', index, field]]),
    )
    expect(pair.calls).toEqual([])
  })

  test('with several faults tells them all', async () => {
    await using pair = await startReading(STORE)
    const representations = [{ __typename: 'VpcChannel', product: 'ELB', instanceId: '..', id: '' }]
    const { errors } = await pair.send(entities('id'), { representations })
    const fields = errors?.[0]?.extensions.validation.map((fault: { path: unknown[] }) => fault.path[2])
    expect(fields?.toSorted()).toEqual(['id', 'instanceId', 'product'])
  })

  test('with __proto__ and constructor beside its key resolves, and changes no other object', async () => {
    await using pair = await startReading(STORE)
    const { data, errors } = await pair.send(entities('name'), {
      representations: [
        parsed(
          '{"__typename":"VpcChannel","product":"APIG","instanceId":"apig-1","id":"channel-1","__proto__":{"id":"channel-2","polluted":true},"constructor":{"prototype":{"polluted":true}}}',
        ),
      ],
    })
    expect(errors).toBeUndefined()
    expect(data?._entities).toEqual([{ name: 'name-of-channel-1' }])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  })

  test.each([null, undefined])('list of %j is refused by its path', async (representations) => {
    await using pair = await startReading(STORE)
    const { errors } = await pair.send<unknown, unknown>(String(entities('id')), { representations })
    expect(errors?.map(({ extensions }) => [extensions.code, extensions.validation[0].path])).toEqual([
      ['BAD_USER_INPUT', ['representations']],
    ])
  })

  test('of null is refused by its path', async () => {
    await using pair = await startReading(STORE)
    const { errors } = await pair.send(entities('id'), { representations: [GOOD, null] })
    expect(errors?.map(({ extensions }) => [extensions.code, extensions.validation[0].path])).toEqual([
      ['BAD_USER_INPUT', ['representations', 1]],
    ])
    expect(pair.calls).toEqual([])
  })
})

describe('an entity that cannot be had is null and an error at its place', () => {
  const SELECTIONS = [
    ['listed', 'id'],
    ['whole', 'id members { id }'],
  ] as const

  test.each(SELECTIONS)('where the channel is gone: %s', async (_how, selection) => {
    await using pair = await startReading(STORE)
    const representations = [GOOD, reference('apig-1', 'gone'), reference('apig-1', 'channel-1')]
    const { data, errors } = await pair.send(entities(selection), { representations })
    expect(data?._entities.map((entity) => entity?.['id'] ?? null)).toEqual(['channel-0', null, 'channel-1'])
    expect(errors?.map(({ path, extensions }) => [path, extensions.code, extensions.reason])).toEqual([
      [['_entities', 1], 'NOT_FOUND', 'CHANNEL_NOT_FOUND'],
    ])
  })

  test.each(SELECTIONS)('where the instance is gone: %s', async (_how, selection) => {
    await using pair = await startReading(STORE)
    const representations = [
      reference('gone', 'channel-0'),
      GOOD,
      reference('gone', 'channel-1'),
      reference('apig-1', 'channel-1'),
    ]
    const { data, errors } = await pair.send(entities(selection), { representations })
    expect(data?._entities.map((entity) => entity?.['id'] ?? null)).toEqual([
      null,
      'channel-0',
      null,
      'channel-1',
    ])
    expect(errors?.map(({ path, extensions }) => [path, extensions.reason])).toEqual([
      [['_entities', 0], 'INSTANCE_NOT_FOUND'],
      [['_entities', 2], 'INSTANCE_NOT_FOUND'],
    ])
  })

  test('where a channel of the right id belongs to the other product', async () => {
    await using pair = await startReading(STORE)
    const representations = [reference('apig-1', 'channel-0', 'ROMA_CONNECT'), GOOD]
    const { data, errors } = await pair.send(entities('product'), { representations })
    expect(data?._entities).toEqual([null, { product: 'APIG' }])
    expect(errors?.map(({ extensions }) => extensions.reason)).toEqual(['INSTANCE_NOT_FOUND'])
  })

  test('where one instance may not be read, the other’s are', async () => {
    await using pair = await startReading({
      ...STORE,
      instead: (call) =>
        call.path.includes('/apic/')
          ? { status: 403, body: { error_code: 'APIC.7130', error_msg: 'x' } }
          : undefined,
    })
    const representations = [reference('roma-1', 'channel-0', 'ROMA_CONNECT'), GOOD]
    const { data, errors } = await pair.send(entities('product'), { representations })
    expect(data?._entities).toEqual([null, { product: 'APIG' }])
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['_entities', 0], 'FORBIDDEN'],
    ])
  })
})
