import { describe, expect, test } from 'vitest'
import { PROJECT_ID } from '../../support/start-gateway.ts'
import { channels, startReading } from './channel-store.ts'
import { reference } from './documents.ts'

const STORE = { instances: { 'apigw/apig-1': channels(30), 'apic/roma-1': channels(3) } }
const PATH = `/v2/${PROJECT_ID}/apigw/instances/apig-1/vpc-channels`
const SHOW = `GET ${PATH}/channel-0`
const LIST = `GET ${PATH}`

const one = (selection: string, id = 'channel-0'): string =>
  `vpcChannel(instanceId: "apig-1", id: "${id}") { ${selection} }`
const entity = (selection: string): string =>
  `_entities(representations: $same) { ... on VpcChannel { ${selection} } }`
const page = (selection: string): string =>
  `vpcChannels(instanceId: "apig-1", first: 3) { nodes { ${selection} } }`

const LISTED = 'id name'
const WHOLE = 'id name members { id } healthCheck { id }'
const SAME = [reference('apig-1', 'channel-0'), reference('apig-1', 'channel-0')]

/** The same channel in several places of one operation, and the calls that it takes. */
const PLACES: readonly (readonly [name: string, fields: readonly string[], calls: readonly string[]])[] = [
  ['listed, twice', [one(LISTED), one(LISTED)], [SHOW]],
  ['whole, twice', [one(WHOLE), one(WHOLE)], [SHOW]],
  ['members here, health check there', [one('members { id }'), one('healthCheck { id }')], [SHOW]],
  ['listed, then whole', [one(LISTED), one(WHOLE)], [SHOW]],
  ['whole, then listed', [one(WHOLE), one(LISTED)], [SHOW]],
  ['as an entity, twice over', [entity(LISTED), entity(LISTED)], [SHOW]],
  ['as a whole entity and listed', [entity(WHOLE), one(LISTED)], [SHOW]],
  ['listed and as a whole entity', [one(LISTED), entity(WHOLE)], [SHOW]],
  ['a listed entity and whole', [entity(LISTED), one(WHOLE)], [SHOW]],
  ['everywhere', [one(LISTED), entity(WHOLE), one(WHOLE), entity(LISTED)], [SHOW]],
  [
    'listed, and with others listed',
    [one(LISTED), one(LISTED, 'channel-1'), one(LISTED, 'channel-2')],
    [LIST],
  ],
  [
    'whole, and with others listed: no call is spent twice on it',
    [one(WHOLE), one(LISTED), one(LISTED, 'channel-1'), one(LISTED, 'channel-2')],
    [LIST, SHOW],
  ],
  [
    'two of them whole, and the same two listed: no list is asked for what comes anyway',
    [one(LISTED), one(LISTED, 'channel-1'), one(WHOLE), one(WHOLE, 'channel-1')],
    [SHOW, `GET ${PATH}/channel-1`],
  ],
  [
    'in a page, and whole in that page',
    [page(LISTED), page(WHOLE)],
    [LIST, LIST, SHOW, `GET ${PATH}/channel-1`, `GET ${PATH}/channel-2`],
  ],
  [
    'whole in a page, and whole by id',
    [page(WHOLE), one(WHOLE)],
    [LIST, SHOW, `GET ${PATH}/channel-1`, `GET ${PATH}/channel-2`],
  ],
  ['listed in a page, and whole by id', [page(LISTED), one(WHOLE)], [LIST, SHOW]],
]

describe('the same channel in several places of an operation', () => {
  test.each(PLACES)('%s', async (_where, fields, calls) => {
    await using pair = await startReading(STORE)
    const variables = fields.some((field) => field.includes('$same')) ? '($same: [_Any!]!)' : ''
    const { errors } = await pair.send<unknown, unknown>(
      `query Places${variables} { ${fields.map((field, index) => `f${index}: ${field}`).join(' ')} }`,
      { same: SAME },
    )
    expect(errors).toBeUndefined()
    expect(pair.requests.toSorted()).toEqual(calls.toSorted())
  })

  test('has the same values in all of them', async () => {
    await using pair = await startReading(STORE)
    const { data } = await pair.send<unknown, unknown>(
      `query Places($same: [_Any!]!) { a: ${one(LISTED)} b: ${one(WHOLE)} c: ${entity(WHOLE)} d: ${entity(LISTED)} }`,
      { same: SAME },
    )
    const listed = { id: 'channel-0', name: 'name-of-channel-0' }
    const whole = {
      ...listed,
      members: [{ id: 'member-of-channel-0' }],
      healthCheck: { id: 'check-of-channel-0' },
    }
    expect(data).toEqual({ a: listed, b: whole, c: [whole, whole], d: [listed, listed] })
  })

  test('a channel that is not there is asked for once, too', async () => {
    await using pair = await startReading(STORE)
    const { data } = await pair.send<unknown, unknown>(
      `query Places { a: ${one(LISTED, 'gone')} b: ${one(WHOLE, 'gone')} c: ${one(WHOLE, 'gone')} }`,
    )
    expect(data).toEqual({ a: null, b: null, c: null })
    expect(pair.requests).toEqual([`GET ${PATH}/gone`])
  })

  test('a call that fails is made once, and fails in every place', async () => {
    await using pair = await startReading({
      ...STORE,
      instead: () => ({ status: 403, body: { error_code: 'APIG.1005', error_msg: 'x' } }),
    })
    const { errors } = await pair.send(`query Places { a: ${one(LISTED)} b: ${one(WHOLE)} c: ${one(WHOLE)} }`)
    expect(errors?.map(({ path, extensions }) => [path?.[0], extensions.code]).toSorted()).toEqual([
      ['a', 'FORBIDDEN'],
      ['b', 'FORBIDDEN'],
      ['c', 'FORBIDDEN'],
    ])
    expect(pair.requests).toEqual([SHOW])
  })

  test('a channel of the same id in another product, instance or project is another channel', async () => {
    await using pair = await startReading({
      instances: {
        'apigw/apig-1': [{ id: 'same', name: 'first' }],
        'apigw/apig-2': [{ id: 'same', name: 'second' }],
        'apic/apig-1': [{ id: 'same', name: 'third' }],
      },
    })
    const { data } = await pair.send<unknown, unknown>(`query Same {
      a: vpcChannel(instanceId: "apig-1", id: "same") { name projectId members { id } }
      b: vpcChannel(instanceId: "apig-2", id: "same") { name projectId members { id } }
      c: vpcChannel(instanceId: "apig-1", id: "same", product: ROMA_CONNECT) { name projectId members { id } }
      d: vpcChannel(instanceId: "apig-1", id: "same", projectId: "other") { name projectId members { id } }
    }`)
    const members = [{ id: 'member-of-same' }]
    expect(data).toEqual({
      a: { name: 'first', projectId: PROJECT_ID, members },
      b: { name: 'second', projectId: PROJECT_ID, members },
      c: { name: 'third', projectId: PROJECT_ID, members },
      d: { name: 'first', projectId: 'other', members },
    })
    expect(pair.calls).toHaveLength(4)
  })
})
