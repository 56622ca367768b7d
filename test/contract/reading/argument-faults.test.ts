import { describe, expect, test } from 'vitest'
import { channels, startReading } from './channel-store.ts'
import { INSTANCE_PAGE, PROJECT_PAGE } from './documents.ts'

const STORE = { instances: { 'apigw/apig-1': channels(3), 'apic/roma-1': [] } }
const OF_LISTS = [
  ['vpcChannels', INSTANCE_PAGE, { instanceId: 'apig-1' }],
  ['projectVpcChannels', PROJECT_PAGE, {}],
] as const

const cursor = (text: string): string => Buffer.from(text).toString('base64url')

describe.each(OF_LISTS)('%s', (field, document, given) => {
  test.each([501, -1, 2_147_483_647, -2_147_483_648])('refuses a first of %i', async (first) => {
    await using pair = await startReading(STORE)
    const { data, errors } = await pair.send<unknown, unknown>(String(document), { ...given, first })
    expect(data).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: [field],
      extensions: {
        code: 'BAD_USER_INPUT',
        validation: [
          { path: ['first'], rule: 'RANGE', params: { min: 0, max: 500, actual: first }, source: 'GATEWAY' },
        ],
      },
    })
    expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
    expect(pair.calls).toEqual([])
  })

  test.each([2_147_483_648, 1.5, '20', null, true, [20, 30]])(
    'refuses a first of %j, which is no Int',
    async (first) => {
      await using pair = await startReading(STORE)
      const { errors } = await pair.send<unknown, unknown>(String(document), { ...given, first })
      expect(errors?.map(({ extensions }) => [extensions.code, extensions.validation[0].path])).toEqual([
        ['BAD_USER_INPUT', ['first']],
      ])
      expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
      expect(pair.calls).toEqual([])
    },
  )

  test.each([0, 1, 20, 499, 500])('takes a first of %i', async (first) => {
    await using pair = await startReading(STORE)
    const { errors } = await pair.send<unknown, unknown>(String(document), { ...given, first })
    expect(errors).toBeUndefined()
  })

  test.each([
    ['nothing', ''],
    ['words', 'garbage'],
    ['Chinese', '订单'],
    ['a number', '20'],
    ['an escaped number', cursor('20')],
    ['a foreign cursor', cursor('arrayconnection:1')],
    ['no place', cursor('vpc-channels:')],
    ['a place before the list', cursor('vpc-channels:-1')],
    ['half a place', cursor('vpc-channels:1.5')],
    ['a place in words', cursor('vpc-channels:1e3')],
    ['a place in another base', cursor('vpc-channels:0x1')],
    ['a place and more', cursor('vpc-channels:1 OR 1=1')],
    ['a place and a line', cursor('vpc-channels:1\n')],
    ['a place beyond all numbers', cursor(`vpc-channels:${'9'.repeat(30)}`)],
    ['a place far away', cursor(`vpc-channels:${'0'.repeat(100)}1`)],
    ['very much', 'x'.repeat(100_000)],
    ['NUL', '\u0000'],
    ['half a pair', '\ud83d'],
  ])('refuses an after of %s', async (_what, after) => {
    await using pair = await startReading(STORE)
    const { data, errors } = await pair.send<unknown, unknown>(String(document), { ...given, after })
    expect(data).toBeNull()
    expect(errors).toHaveLength(1)
    expect(errors?.[0]).toMatchObject({
      path: [field],
      extensions: { code: 'BAD_USER_INPUT', validation: [{ path: ['after'], source: 'GATEWAY' }] },
    })
    expect(errors?.[0]?.extensions).not.toHaveProperty('effect')
    expect(pair.calls).toEqual([])
  })

  test('refuses a cursor of its own with something added', async () => {
    await using pair = await startReading(STORE)
    for (const after of ['!', '*', '=', ' ', 'AAAA', '%'].map((added) => cursor('vpc-channels:1') + added)) {
      const { errors } = await pair.send<unknown, unknown>(String(document), { ...given, after })
      expect({ after, paths: errors?.map((error) => error.extensions.validation[0].path) }).toEqual({
        after,
        paths: [['after']],
      })
    }
    expect(pair.calls).toEqual([])
  })
})

describe('every fault of a read is told at once', () => {
  const faults = (errors: readonly { extensions: { validation: { path: unknown }[] } }[] | undefined) =>
    errors?.map((error) => error.extensions.validation.map((fault) => fault.path))

  test('of the page', async () => {
    await using pair = await startReading(STORE)
    const { errors } = await pair.send(PROJECT_PAGE, { first: 501, after: 'garbage' })
    expect(faults(errors)).toEqual([[['first'], ['after']]])
    expect(pair.calls).toEqual([])
  })

  test('of the ids', async () => {
    await using pair = await startReading(STORE)
    const { errors } = await pair.send(INSTANCE_PAGE, { projectId: 'a b', instanceId: '..' })
    expect(faults(errors)).toEqual([[['projectId'], ['instanceId']]])
    expect(pair.calls).toEqual([])
  })

  test('of ids and page together', async () => {
    await using pair = await startReading(STORE)
    const bad = { projectId: 'a b', instanceId: '..', first: -1, after: 'garbage' }
    const { errors } = await pair.send(INSTANCE_PAGE, bad)
    expect(errors).toHaveLength(1)
    expect(new Set(faults(errors)?.[0]?.map(String))).toEqual(
      new Set(['projectId', 'instanceId', 'first', 'after']),
    )
    expect(pair.calls).toEqual([])
  })
})

test.each(['..', 'a/b', 'a?b', '', 'x'.repeat(65), 'ü', 'a,b'])(
  'an instance id of %j never reaches a URL',
  async (instanceId) => {
    await using pair = await startReading(STORE)
    for (const product of ['APIG', 'ROMA_CONNECT'] as const) {
      const { errors } = await pair.send(INSTANCE_PAGE, { product, instanceId })
      expect(errors?.map((error) => error.extensions.validation)).toMatchObject([
        [{ path: ['instanceId'], rule: instanceId === '' ? 'REQUIRED' : 'ID' }],
      ])
    }
    expect(pair.calls).toEqual([])
  },
)

test('ids that look alike once they are joined are told apart', async () => {
  await using pair = await startReading(STORE)
  const { errors } = await pair.send(`query Alike {
    a: vpcChannel(instanceId: "x,y", id: "z") { id members { id } }
    b: vpcChannel(instanceId: "x", id: "y,z") { id members { id } }
  }`)
  const told = errors?.map(({ path, extensions }) => [path?.[0], extensions.validation[0].path])
  expect(told?.toSorted()).toEqual([
    ['a', ['instanceId']],
    ['b', ['id']],
  ])
  expect(pair.calls).toEqual([])
})
