import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readVpcChannel } from '../../../src/vpc-channel/vpc-channel-response.ts'
import {
  PAGE_CCE,
  PAGE_CHANNEL,
  PAGE_CSE,
  PAGE_HEALTH_CHECK,
  PAGE_MICROSERVICE,
  type PageTable,
  type PageValues,
} from '../../fixtures/page-fields.ts'

/*
 * Channels are made with what they are in GraphQL and in REST side by side, by the tables of both pages; reading REST's
 * half has to give GraphQL's.
 */
interface Both {
  readonly graphql: unknown
  readonly rest: unknown
}

const same = (values: fc.Arbitrary<unknown>): fc.Arbitrary<Both> =>
  values.map((value) => ({ graphql: value, rest: value }))

/** `null` in GraphQL, and one of the ways in which the cloud says nothing. */
const orNothing = (values: fc.Arbitrary<Both>): fc.Arbitrary<Both> =>
  fc.oneof(
    { arbitrary: values, weight: 4 },
    fc.constantFrom('', null, undefined).map((rest) => ({ graphql: null, rest })),
  )

const text = orNothing(same(fc.string({ minLength: 1 })))
const integer = orNothing(
  fc
    .integer()
    .chain((value) => fc.constantFrom(value, String(value)).map((rest) => ({ graphql: value, rest }))),
)
const port = orNothing(
  fc
    .integer({ min: 0, max: 65_535 })
    .chain((value) => fc.constantFrom(value, String(value)).map((rest) => ({ graphql: value, rest }))),
)
const boolean = fc.oneof(
  same(fc.boolean()),
  fc.constantFrom(null, undefined).map((rest) => ({ graphql: null, rest })),
)
const time = orNothing(
  same(
    fc
      .tuple(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        fc.stringMatching(/^\d{9}$/),
      )
      .chain(([date, nanoseconds]) => {
        const seconds = date.toISOString().slice(0, 19)
        return fc.constantFrom(`${seconds}Z`, `${seconds}.${nanoseconds}Z`, `${seconds}.${nanoseconds}+08:00`)
      }),
  ),
)

const oneOf = (spellings: Readonly<Record<string, readonly (string | number)[]>>): fc.Arbitrary<Both> =>
  orNothing(
    fc.constantFrom(
      ...Object.entries(spellings).flatMap(([graphql, all]) => all.map((rest) => ({ graphql, rest }))),
    ),
  )

const VALUES = { TEXT: text, INTEGER: integer, PORT: port, BOOLEAN: boolean, TIME: time }

function valuesOf(values: PageValues): fc.Arbitrary<Both> {
  if (typeof values === 'string') return VALUES[values]
  if ('spellings' in values) return oneOf(values.spellings)
  return 'listOf' in values ? list(object(values.listOf)) : object(values.object)
}

/** An object of the fields of a table; `more` are fields whose values are others than the table says. */
const object = (table: PageTable, more: Readonly<Record<string, fc.Arbitrary<Both>>> = {}) =>
  fc
    .record(
      Object.fromEntries(
        Object.entries(table).map(([name, [, , values]]) => [name, more[name] ?? valuesOf(values)]),
      ),
    )
    .map((both) => ({
      graphql: Object.fromEntries(Object.entries(both).map(([name, one]) => [name, one.graphql])),
      rest: Object.fromEntries(
        Object.entries(both).map(([name, one]) => [table[name]?.[0] ?? name, one.rest]),
      ),
    }))

const list = (items: fc.Arbitrary<Both>): fc.Arbitrary<Both> =>
  fc.array(items, { maxLength: 3 }).map((all) => ({
    graphql: all.map((one) => one.graphql),
    rest: all.map((one) => one.rest),
  }))

/** The half of a microservice stands one level down in REST. */
const microservice = (serviceType: string, key: string, half: PageTable): fc.Arbitrary<Both> =>
  fc.record({ base: object(PAGE_MICROSERVICE), half: object(half) }).map(({ base, half }) => ({
    graphql: { serviceType, ...base.graphql, ...half.graphql },
    rest: { service_type: serviceType, ...base.rest, [key]: half.rest },
  }))

const noMicroservice = fc
  .constantFrom(undefined, null, {}, { id: '', service_type: '', cse_info: { engine_id: '' }, cce_info: {} })
  .map((rest) => ({ graphql: null, rest }))

const NAMES = same(fc.string({ minLength: 1 }))

const channels = object(PAGE_CHANNEL, {
  id: NAMES,
  name: NAMES,
  // Its timeout is never nothing, so that the check is never blank.
  healthCheck: object(PAGE_HEALTH_CHECK, { timeoutSeconds: same(fc.integer()) }),
  microservice: fc.oneof(
    microservice('CSE', 'cse_info', PAGE_CSE),
    microservice('CCE', 'cce_info', PAGE_CCE),
    noMicroservice,
  ),
})

test('every channel that the pages can spell reads as what it is', () => {
  const origin = { product: 'ROMA_CONNECT', projectId: 'p', instanceId: 'i' } as const
  fc.assert(
    fc.property(channels, ({ graphql, rest }) => {
      const unknown: string[] = []
      const answer = JSON.parse(JSON.stringify(rest))
      expect(readVpcChannel(answer, origin, (field) => unknown.push(field))).toStrictEqual({
        ...origin,
        ...graphql,
      })
      expect(unknown).toEqual([])
    }),
    { numRuns: 300 },
  )
})
