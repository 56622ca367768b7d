import type { GraphQLEnumType, GraphQLScalarType } from 'graphql'
import { describe, expect, test } from 'vitest'
import { compiled, schemaWith } from './schema-with.ts'

const schema = schemaWith(/* GraphQL */ `
  enum Colour { RED GREEN }
  scalar Small
  input Point {
    x: Int!
    y: Int! = 3
    label: String
    colours: [Colour!]
    next: Point
    size: Small
    ratio: Float
    flag: Boolean
  }
  input Choice @oneOf { point: Point name: String }
  type Query {
    point(point: Point): Int
    choice(choice: Choice): Int
    ids(ids: [[ID]]): Int
    name(name: String): Int
  }
`)
for (const value of (schema.getType('Colour') as GraphQLEnumType).getValues())
  value.value = `internal ${value.name}`
;(schema.getType('Small') as GraphQLScalarType).parseValue = (value) => {
  if (value === 'refused') throw new TypeError('no small one')
  return { small: value }
}

/** The variables that resolvers are told, or what the callers are. */
async function read(
  declared: string,
  variables: Record<string, unknown> | null | undefined,
): Promise<unknown> {
  const name = /\$(\w+)/.exec(declared)?.[1]
  const told: unknown[] = []
  const field = schema.getQueryType()!.getFields()[name!]!
  field.resolve = (_source, given, _context, info) => {
    told.push(info.variableValues, given)
  }
  const { data, errors } = await compiled(
    schema,
    `query (${declared}) { ${name}(${name}: $${name}) }`,
  ).execute({}, variables)
  if (data === undefined) return errors?.map(({ message }) => message)
  expect(told[1]).toEqual(told[0])
  return told[0]
}

describe('variables that are read', () => {
  test.each([
    [{ x: 1 }, { x: 1, y: 3 }],
    [
      { flag: true, x: 1, y: 2 },
      { x: 1, y: 2, flag: true },
    ],
    [
      { x: 1, label: null, next: null },
      { x: 1, y: 3, label: null, next: null },
    ],
    [
      { x: 1, label: undefined },
      { x: 1, y: 3 },
    ],
    [
      { x: 1, colours: ['RED', 'GREEN'] },
      { x: 1, y: 3, colours: ['internal RED', 'internal GREEN'] },
    ],
    [
      { x: 1, colours: 'RED' },
      { x: 1, y: 3, colours: ['internal RED'] },
    ],
    [
      { x: 1, colours: [] },
      { x: 1, y: 3, colours: [] },
    ],
    [
      { x: 1, next: { x: 2, next: { x: 3 } } },
      { x: 1, y: 3, next: { x: 2, y: 3, next: { x: 3, y: 3 } } },
    ],
    [
      { x: -2147483648, ratio: 1, size: 'any' },
      { x: -2147483648, y: 3, size: { small: 'any' }, ratio: 1 },
    ],
    [null, null],
  ])('an input object of %j is %j', async (point, expected) => {
    const { point: received } = (await read('$point: Point', { point })) as { point: object }
    expect(received).toEqual(expected)
    expect(Object.keys(received ?? {})).toEqual(Object.keys(expected ?? {}))
  })

  test.each([
    [undefined, {}],
    [null, {}],
    [{}, {}],
    [{ name: null }, { name: null }],
    [{ name: 'x', other: 1 }, { name: 'x' }],
  ])('%j are %j: omitted and null are two things', async (variables, expected) => {
    expect(await read('$name: String', variables)).toStrictEqual(expected)
  })

  test('have their defaults where they are omitted, not where they are null', async () => {
    expect(await read('$name: String = "x"', {})).toEqual({ name: 'x' })
    expect(await read('$name: String = "x"', { name: null })).toEqual({ name: null })
    expect(await read('$name: String! = "x"', {})).toEqual({ name: 'x' })
    expect(await read('$point: Point = { x: 5, next: { x: 6 } }', {})).toEqual({
      point: { x: 5, y: 3, next: { x: 6, y: 3 } },
    })
  })

  test('may be lists of lists, and what is no list is a list of one', async () => {
    expect(await read('$ids: [[ID]]', { ids: [['a', 7, null], null, 'b'] })).toEqual({
      ids: [['a', '7', null], null, ['b']],
    })
    expect(await read('$ids: [[ID]]', { ids: 'a' })).toEqual({ ids: [['a']] })
  })

  test('choose exactly one of several', async () => {
    expect(await read('$choice: Choice', { choice: { name: 'x' } })).toEqual({ choice: { name: 'x' } })
  })
})

describe('variables that are refused', () => {
  test.each([
    ['$point: Point!', {}, 'Variable "$point" of required type "Point!" was not provided.'],
    ['$point: Point!', { point: null }, 'Variable "$point" of non-null type "Point!" must not be null.'],
    [
      '$point: Point',
      { point: 5 },
      'Variable "$point" got invalid value 5; Expected type "Point" to be an object.',
    ],
    [
      '$point: Point',
      { point: [] },
      'Variable "$point" got invalid value []; Expected type "Point" to be an object.',
    ],
    [
      '$point: Point',
      { point: {} },
      'Variable "$point" got invalid value {}; Field "x" of required type "Int!" was not provided.',
    ],
    [
      '$point: Point',
      { point: { x: null } },
      'Variable "$point" got invalid value null at "point.x"; Expected non-nullable type "Int!" not to be null.',
    ],
    [
      '$point: Point',
      { point: { x: 1.5 } },
      'Variable "$point" got invalid value 1.5 at "point.x"; Int cannot represent non-integer value: 1.5',
    ],
    [
      '$point: Point',
      { point: { x: 2147483648 } },
      'Variable "$point" got invalid value 2147483648 at "point.x"; Int cannot represent non 32-bit signed integer value: 2147483648',
    ],
    [
      '$point: Point',
      { point: { x: 1, y: null } },
      'Variable "$point" got invalid value null at "point.y"; Expected non-nullable type "Int!" not to be null.',
    ],
    [
      '$point: Point',
      { point: { x: 1, lable: 'x' } },
      'Variable "$point" got invalid value { x: 1, lable: "x" }; Field "lable" is not defined by type "Point". Did you mean "label"?',
    ],
    [
      '$point: Point',
      { point: { x: 1, label: 5 } },
      'Variable "$point" got invalid value 5 at "point.label"; String cannot represent a non string value: 5',
    ],
    [
      '$point: Point',
      { point: { x: 1, colours: ['BLUE'] } },
      'Variable "$point" got invalid value "BLUE" at "point.colours[0]"; Value "BLUE" does not exist in "Colour" enum.',
    ],
    [
      '$point: Point',
      { point: { x: 1, colours: [null] } },
      'Variable "$point" got invalid value null at "point.colours[0]"; Expected non-nullable type "Colour!" not to be null.',
    ],
    [
      '$point: Point',
      { point: { x: 1, size: 'refused' } },
      'Variable "$point" got invalid value "refused" at "point.size"; Expected type "Small". no small one',
    ],
    [
      '$choice: Choice',
      { choice: {} },
      'Variable "$choice" got invalid value {}; Exactly one key must be specified for OneOf type "Choice".',
    ],
    [
      '$choice: Choice',
      { choice: { name: null } },
      'Variable "$choice" got invalid value null at "choice.name"; Field "name" must be non-null.',
    ],
    [
      '$ids: [[ID]]',
      { ids: [[true]] },
      'Variable "$ids" got invalid value true at "ids[0][0]"; ID cannot represent value: true',
    ],
  ])('%s as %j', async (declared, variables, message) => {
    expect(await read(declared, variables)).toEqual([message])
  })

  test('for being two of which one is to be chosen', async () => {
    expect(await read('$choice: Choice', { choice: { name: 'x', point: { x: 1 } } })).toEqual([
      'Variable "$choice" got invalid value { name: "x", point: { x: 1 } }; Exactly one key must be specified for OneOf type "Choice".',
    ])
  })

  test('are told all at once, up to fifty', async () => {
    const ids = Array.from({ length: 60 }, () => true)
    const errors = (await read('$ids: [[ID]]', { ids })) as string[]
    expect(errors).toHaveLength(51)
    expect(errors[50]).toBe('Too many errors processing variables, error limit reached. Execution aborted.')
  })

  test('point to where they are declared, and nothing runs', async () => {
    const { data, errors } = await compiled(schema, 'query (\n$name: String!) { name(name: $name) }').execute(
      {},
      {},
    )
    expect(data).toBeUndefined()
    expect(errors?.map((error) => error.toJSON())).toEqual([
      {
        message: 'Variable "$name" of required type "String!" was not provided.',
        locations: [{ line: 2, column: 1 }],
      },
    ])
  })
})
