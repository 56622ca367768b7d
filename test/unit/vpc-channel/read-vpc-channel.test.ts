import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readVpcChannel } from '../../../src/vpc-channel/vpc-channel-response.ts'
import {
  PAGE_CCE,
  PAGE_CHANNEL,
  PAGE_CSE,
  PAGE_GROUP,
  PAGE_HEALTH_CHECK,
  PAGE_MEMBER,
  PAGE_MICROSERVICE,
  type PageTable,
  type PageValues,
  tableBelow,
} from '../../fixtures/page-fields.ts'

const ORIGIN = { product: 'APIG', projectId: 'p', instanceId: 'i', name: 'written' } as const
const ignore = (): void => undefined

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/*
 * What GraphQL can show of a field without an error. Whatever an answer holds, what is read of it has to be this.
 */
const text = (value: unknown): boolean => value === null || (typeof value === 'string' && value !== '')
const integer = (value: unknown): boolean =>
  value === null || (Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 31)
const port = (value: unknown): boolean =>
  value === null || (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 65_535)
const boolean = (value: unknown): boolean => value === null || typeof value === 'boolean'
const time = (value: unknown): boolean => value === null || (typeof value === 'string' && TIME.test(value))
const oneOf =
  (names: readonly string[]) =>
  (value: unknown): boolean =>
    value === null || names.includes(value as string)

type Shape = Readonly<Record<string, (value: unknown) => boolean>>

const objectOf =
  (shape: Shape) =>
  (value: unknown): boolean =>
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).sort().join() === Object.keys(shape).sort().join() &&
    Object.entries(value).every(([name, one]) => shape[name]?.(one))
const listOf =
  (shape: Shape) =>
  (value: unknown): boolean =>
    Array.isArray(value) && value.every(objectOf(shape))
const orNull =
  (shows: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === null || shows(value)
const orNotBrought =
  (shows: (value: unknown) => boolean) =>
  (value: unknown): boolean =>
    value === undefined || value === null || shows(value)

const SHOWS = { TEXT: text, INTEGER: integer, PORT: port, BOOLEAN: boolean, TIME: time }

function shows(values: PageValues): (value: unknown) => boolean {
  if (typeof values === 'string') return SHOWS[values]
  if ('spellings' in values) return oneOf(Object.keys(values.spellings))
  return 'listOf' in values
    ? orNull(listOf(shapeOf(values.listOf)))
    : orNull(objectOf(shapeOf(values.object)))
}

const shapeOf = (table: PageTable): Shape =>
  Object.fromEntries(Object.entries(table).map(([name, [, , values]]) => [name, shows(values)]))

const microserviceOf = (serviceType: string, half: PageTable) =>
  objectOf({
    ...shapeOf({ ...PAGE_MICROSERVICE, ...half }),
    serviceType: (value) => value === serviceType,
  })

const CHANNEL: Shape = {
  ...shapeOf(PAGE_CHANNEL),
  product: (value) => value === 'APIG',
  projectId: (value) => value === 'p',
  instanceId: (value) => value === 'i',
  id: (value) => value === undefined || (value !== null && text(value)),
  name: (value) => value !== null && text(value),
  memberGroups: listOf(shapeOf(PAGE_GROUP)),
  members: orNotBrought(listOf(shapeOf(PAGE_MEMBER))),
  healthCheck: orNotBrought(objectOf(shapeOf(PAGE_HEALTH_CHECK))),
  microservice: orNull(
    (value) => microserviceOf('CSE', PAGE_CSE)(value) || microserviceOf('CCE', PAGE_CCE)(value),
  ),
}

/** Any JSON, and the JSON that is nearly right: spellings that answers were seen to have and some that none had. */
const json = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom(
    ...[
      '',
      ' ',
      '0',
      '1',
      '2',
      '3',
      '-0',
      '22',
      '65536',
      '2147483648',
      '1e3',
      '22abc',
      'http',
      'ECS',
      'true',
    ],
    ...[
      '2020-07-23T07:11:57.244829604Z',
      '2020-07-23',
      'CSE',
      'cce',
      'daemonset',
      '__proto__',
      'constructor',
    ],
  ),
  fc.constantFrom(0, -0, 1, 2, 3, 4, 5, 22, 22.5, 65_535, 65_536, 2 ** 31, -(2 ** 31), 1e300),
  fc.constantFrom(null, true, false, [], {}, [null], [[]], [''], { toString: 1, valueOf: 1 }),
)

/** An object with any of the keys of a table; below them what the table has below them, or anything. */
const objectOfKeys = (table: PageTable, more: Record<string, fc.Arbitrary<unknown>> = {}) =>
  fc.record(
    {
      ...Object.fromEntries(
        Object.values(table).map((field): [string, fc.Arbitrary<unknown>] => {
          const [restName, , values] = field
          const below = tableBelow(field)
          if (below === undefined) return [restName, json]
          const isList = typeof values === 'object' && 'listOf' in values
          return [restName, isList ? list(objectOfKeys(below)) : orJson(objectOfKeys(below))]
        }),
      ),
      ...more,
    },
    { requiredKeys: [] },
  )
const orJson = (arbitrary: fc.Arbitrary<unknown>) => fc.oneof({ arbitrary, weight: 4 }, json)
const list = (items: fc.Arbitrary<unknown>) => orJson(fc.array(orJson(items), { maxLength: 3 }))

/** Answers with every key of the response tables, each with a value that it may or may not have. */
const answers = objectOfKeys(PAGE_CHANNEL, {
  instance_id: json,
  vpc_channel_type: json,
  microservice_info: orJson(
    objectOfKeys(PAGE_MICROSERVICE, {
      service_type: json,
      cse_info: orJson(objectOfKeys(PAGE_CSE)),
      cce_info: orJson(objectOfKeys(PAGE_CCE)),
    }),
  ),
})

describe('whatever an answer holds', () => {
  test('reading it throws nothing, and gives what GraphQL can show', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const channel = readVpcChannel(JSON.parse(JSON.stringify(answer)), ORIGIN, ignore)
        expect(channel).not.toBeNull()
        for (const [name, value] of Object.entries(channel ?? {})) {
          expect({ name, value, shows: CHANNEL[name]?.(value) }).toMatchObject({ shows: true })
        }
      }),
      { numRuns: 500 },
    )
  })

  test('reading it tells of each enum value that no page knows, by its REST field', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const noted: string[] = []
        readVpcChannel(answer, ORIGIN, (field) => noted.push(field))
        const enums = [
          'balance_strategy',
          'member_type',
          'type',
          'vpc_channel_type',
          'status',
          'protocol',
          'method',
        ]
        for (const field of noted) expect([...enums, 'service_type', 'workload_type']).toContain(field)
      }),
    )
  })

  test('what is no object is no channel', () => {
    fc.assert(
      fc.property(
        fc.jsonValue().filter((value) => typeof value !== 'object' || value === null || Array.isArray(value)),
        (answer) => {
          expect(readVpcChannel(answer, ORIGIN, ignore)).toBeNull()
        },
      ),
    )
  })

  test('it is not changed by being read', () => {
    fc.assert(
      fc.property(answers, (answer) => {
        const before = structuredClone(answer)
        readVpcChannel(answer, ORIGIN, ignore)
        expect(answer).toEqual(before)
      }),
    )
  })

  test.each(['type', 'vpc_health_config', 'microservice_info', 'member_groups', 'status', 'name'])(
    'nested deeply at %s, reading it throws nothing',
    (key) => {
      const depth = 20_000
      const objects = JSON.parse(`{"${key}":${'{"a":'.repeat(depth)}""${'}'.repeat(depth)}}`)
      const lists = JSON.parse(`{"${key}":${'['.repeat(depth)}${']'.repeat(depth)}}`)
      expect(() => readVpcChannel(objects, ORIGIN, ignore)).not.toThrow()
      expect(() => readVpcChannel(lists, ORIGIN, ignore)).not.toThrow()
    },
  )
})

describe('an answer without a name', () => {
  test('has the name that the channel was written under', () => {
    expect(readVpcChannel({}, ORIGIN, ignore)?.name).toBe('written')
    expect(readVpcChannel({ name: '' }, ORIGIN, ignore)?.name).toBe('written')
    expect(readVpcChannel({ name: 'answered' }, ORIGIN, ignore)?.name).toBe('answered')
  })

  test('is no channel where no name is known', () => {
    const { name, ...origin } = ORIGIN
    expect(name).toBe('written')
    expect(readVpcChannel({ id: 'x' }, origin, ignore)).toBeNull()
  })
})

test('members and health check that an answer does not bring are told apart from those that are not there', () => {
  const without = readVpcChannel({}, ORIGIN, ignore)
  expect(without).toMatchObject({ members: undefined, healthCheck: undefined, id: undefined })
  const nothing = readVpcChannel({ members: null, vpc_health_config: null }, ORIGIN, ignore)
  expect(nothing).toMatchObject({ members: null, healthCheck: null })
  expect(readVpcChannel({ members: [] }, ORIGIN, ignore)).toMatchObject({ members: [] })
})
