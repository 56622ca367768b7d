import { describe, expect, test } from 'vitest'
import { answerTo, compiled, schemaWith } from './schema-with.ts'

const CIRCLE = { __typename: 'Circle', id: '1', name: 'a circle', radius: 1.5 }
const SQUARE = { __typename: 'Square', id: '2', name: 'a square', side: 3 }

const schema = schemaWith(
  /* GraphQL */ `
    interface Shape { id: ID! name: String twin: Shape }
    type Circle implements Shape { id: ID! name: String twin: Shape radius: Float! }
    type Square implements Shape { id: ID! name: String twin: Shape side: Int }
    union Thing = Circle | Square
    type Query { shape: Shape shapes: [Shape!]! things: [Thing] nothing: [Thing] circle: Circle! self: Query! }
    type Mutation { shape: Shape }
  `,
  {
    Query: {
      shape: () => CIRCLE,
      shapes: () => [CIRCLE, SQUARE],
      things: async () => [SQUARE, null, Promise.resolve(CIRCLE)],
      circle: () => ({ ...CIRCLE, twin: Promise.resolve(SQUARE) }),
      self: () => ({}),
    },
  },
)

const dataOf = async (text: string, variables?: Record<string, unknown>) => {
  const { data, errors } = await answerTo(schema, text, variables)
  expect(errors).toBeUndefined()
  return data
}

describe('a selection', () => {
  test('is answered in the order of the document, by its aliases', async () => {
    const operation = compiled(schema, '{ b: circle { radius theName: name id } a: circle { __typename } }')
    expect(JSON.stringify(await operation.execute({}, {}))).toBe(
      '{"data":{"b":{"radius":1.5,"theName":"a circle","id":"1"},"a":{"__typename":"Circle"}}}',
    )
  })

  test('is answered at once where no resolver answers a promise', () => {
    expect(compiled(schema, '{ shapes { id } }').execute({}, {})).toEqual({
      data: { shapes: [{ id: '1' }, { id: '2' }] },
    })
  })

  test('of one field in several places is one field', async () => {
    expect(
      await dataOf(
        '{ circle { id } circle { name } ...More } fragment More on Query { circle { id radius } }',
      ),
    ).toEqual({ circle: { id: '1', name: 'a circle', radius: 1.5 } })
  })

  test('of fragments takes those of the type of each object', async () => {
    const text = /* GraphQL */ `
      { things { ... on Shape { id } ... on Circle { radius } ...Sided } nothing { __typename } }
      fragment Sided on Square { side __typename }
    `
    expect(await dataOf(text)).toEqual({
      things: [{ id: '2', side: 3, __typename: 'Square' }, null, { id: '1', radius: 1.5 }],
      nothing: null,
    })
  })

  test('may be empty for the type of an object', async () => {
    expect(await dataOf('{ shapes { ... on Circle { id } } }')).toEqual({ shapes: [{ id: '1' }, {}] })
  })

  test('waits for promises below', async () => {
    expect(await dataOf('{ circle { twin { id } name } }')).toEqual({
      circle: { twin: { id: '2' }, name: 'a circle' },
    })
  })

  test('may use any name as an alias', async () => {
    expect(await dataOf('{ toString: circle { constructor: id toJSON: id } }')).toEqual({
      toString: { constructor: '1', toJSON: '1' },
    })
  })
})

describe('@skip and @include', () => {
  const text = /* GraphQL */ `
    query ($a: Boolean!, $b: Boolean! = true) {
      shape {
        id @skip(if: $a)
        name @include(if: $b)
        ...Circular @include(if: $a)
        ... @skip(if: $b) { twin { id } }
        never: id @skip(if: true)
        both: id @skip(if: $a) @include(if: $b)
      }
    }
    fragment Circular on Circle { radius }
  `
  test.each([
    [{ a: true }, { name: 'a circle', radius: 1.5 }],
    [{ a: false }, { id: '1', name: 'a circle', both: '1' }],
    [
      { a: false, b: false },
      { id: '1', twin: null },
    ],
    [
      { a: true, b: false },
      { radius: 1.5, twin: null },
    ],
  ])('with %j leave %j', async (variables, shape) => {
    expect(await dataOf(text, variables)).toEqual({ shape })
  })

  test('are asked anew at each execution, of however many variables', async () => {
    const names = ['a', 'b', 'c', 'd']
    const declared = names.map((name) => `$${name}: Boolean!`).join(' ')
    const fields = names.map((name) => `${name}: id @include(if: $${name})`).join(' ')
    const operation = compiled(schema, `query (${declared}) { circle { ${fields} name } }`)
    for (const round of [1, 2]) {
      for (let choice = 0; choice < 16; choice += 1) {
        const chosen = names.filter((_, bit) => choice & (2 ** bit))
        const variables = Object.fromEntries(names.map((name) => [name, chosen.includes(name)]))
        const circle = { ...Object.fromEntries(chosen.map((name) => [name, '1'])), name: 'a circle' }
        expect(await operation.execute({}, variables), `${round}`).toEqual({
          data: { circle },
        })
      }
    }
  })

  test('fail where they stand when their variable is null', async () => {
    const nullable = 'query ($a: Boolean = true) { shape { id @skip(if: $a) } circle { id } }'
    expect(await answerTo(schema, nullable, { a: null })).toEqual({
      data: { shape: null, circle: { id: '1' } },
      errors: [
        {
          message: 'Argument "if" of non-null type "Boolean!" must not be null.',
          locations: [{ line: 1, column: 51 }],
          path: ['shape'],
        },
      ],
    })
    const atRoot = 'query ($a: Boolean = true) { shape @skip(if: $a) { id } }'
    expect(await answerTo(schema, atRoot, { a: null })).toEqual({
      data: null,
      errors: [
        {
          message: 'Argument "if" of non-null type "Boolean!" must not be null.',
          locations: [{ line: 1, column: 46 }],
        },
      ],
    })
  })
})
