import { GraphQLError } from 'graphql'
import { expect, test } from 'vitest'
import { answerTo, compiled, type Resolvers, schemaWith } from './schema-with.ts'

const SDL = /* GraphQL */ `
  enum Colour { RED }
  type Item { may: Int must: Int! items: [Item!] colour: Colour }
  union Thing = Item
  type Query { a: Int b: String item: Item must: Item! list: [Int] strict: [Int!] items: [Item!]! thing: Thing }
`
const answered = (resolvers: Resolvers[string], text: string) =>
  answerTo(schemaWith(SDL, { Query: resolvers }), text)

const soon = async <Value>(turns: number, value: () => Value): Promise<Value> => {
  for (let turn = 0; turn < turns; turn += 1) await undefined
  return value()
}
const fail = (message: string) => (): never => {
  throw new Error(message)
}

test.each([
  ['throws', fail('broken')],
  ['answers an error', () => new Error('broken')],
  ['answers a promise that is rejected', async () => fail('broken')()],
])('a field that %s is null, with an error that tells where', async (_how, resolve) => {
  expect(await answered({ a: resolve, b: () => 'fine' }, '{\n  b\n  x: a\n}')).toEqual({
    data: { b: 'fine', x: null },
    errors: [{ message: 'broken', locations: [{ line: 3, column: 3 }], path: ['x'] }],
  })
})

test('an error keeps its cause, the fields that it is of, and what it tells', async () => {
  const cause = new TypeError('cause')
  const told = new GraphQLError('told', { extensions: { code: 'TOLD' } })
  const schema = schemaWith(SDL, { Query: { a: () => cause, b: () => told } })
  const { errors } = await compiled(schema, '{ a b ...F } fragment F on Query { a }').execute({}, {})
  expect(errors?.[0]?.originalError).toBe(cause)
  expect(errors?.[0]?.locations).toEqual([
    { line: 1, column: 3 },
    { line: 1, column: 36 },
  ])
  expect(errors?.[1]?.toJSON()).toEqual({
    message: 'told',
    locations: [{ line: 1, column: 5 }],
    path: ['b'],
    extensions: { code: 'TOLD' },
  })
})

test('what is thrown and is no error is told as one', async () => {
  const resolve = () => {
    throw { no: 'error' }
  }
  expect(await answered({ a: resolve }, '{ a }')).toMatchObject({
    errors: [{ message: 'Unexpected error value: { no: "error" }', path: ['a'] }],
  })
})

test('a field that must not be null makes what is around it null, up to what may be', async () => {
  const item = () => ({ may: 1, items: [{ must: 1 }, { must: null }] })
  expect(await answered({ item }, '{ item { may items { must } } }')).toEqual({
    data: { item: { may: 1, items: null } },
    errors: [
      {
        message: 'Cannot return null for non-nullable field Item.must.',
        locations: [{ line: 1, column: 22 }],
        path: ['item', 'items', 1, 'must'],
      },
    ],
  })
  expect(await answered({ must: () => ({}) }, '{ a must { must } }')).toEqual({
    data: null,
    errors: [
      {
        message: 'Cannot return null for non-nullable field Item.must.',
        locations: [{ line: 1, column: 12 }],
        path: ['must', 'must'],
      },
    ],
  })
})

test('an item of a list fails by itself, unless it must not be null', async () => {
  const items = () => [1, new Error('second'), null, 'x', Promise.reject(new Error('last'))]
  const at = { locations: [{ line: 1, column: 3 }] }
  expect(await answered({ list: items }, '{ list }')).toEqual({
    data: { list: [1, null, null, null, null] },
    errors: [
      { message: 'second', path: ['list', 1], ...at },
      { message: 'Int cannot represent non-integer value: "x"', path: ['list', 3], ...at },
      { message: 'last', path: ['list', 4], ...at },
    ],
  })
  expect(await answered({ strict: () => [1, null, 'x'] }, '{ strict }')).toEqual({
    data: { strict: null },
    errors: [
      { message: 'Cannot return null for non-nullable field Query.strict.', path: ['strict', 1], ...at },
    ],
  })
})

test('a list may be anything that can be walked through, and nothing else', async () => {
  expect(await answered({ list: () => new Set([1, 2]) }, '{ list }')).toEqual({ data: { list: [1, 2] } })
  expect(await answered({ list: () => '12' }, '{ list }')).toMatchObject({
    data: { list: null },
    errors: [{ message: 'Expected Iterable, but did not find one for field "Query.list".', path: ['list'] }],
  })
})

test('errors come in the order in which their fields failed', async () => {
  const resolvers = {
    a: () => soon(3, fail('third')),
    b: () => soon(1, fail('second')),
    list: fail('first'),
    item: () => soon(5, () => ({ colour: 'GREEN' })),
  }
  const { errors } = await answered(resolvers, '{ a b list item { colour } }')
  expect(errors).toMatchObject([
    { message: 'first' },
    { message: 'second' },
    { message: 'third' },
    { message: 'Enum "Colour" cannot represent value: "GREEN"', path: ['item', 'colour'] },
  ])
})

test('errors of what is null already are not told', async () => {
  const item = () => ({ must: soon(1, () => null), may: soon(9, fail('too late')) })
  const { errors } = await compiled(schemaWith(SDL, { Query: { item } }), '{ item { may must } }').execute(
    {},
    {},
  )
  await new Promise((resolve) => setImmediate(resolve))
  expect(errors?.map(({ path }) => path)).toEqual([['item', 'must']])
})

test('a list that fails at once leaves no promise behind that ends the process', async () => {
  const unhandled: unknown[] = []
  const note = (reason: unknown) => unhandled.push(reason)
  process.on('unhandledRejection', note)
  const items = () => [soon(1, fail('left behind')), null]
  expect(await answered({ strict: items }, '{ strict }')).toMatchObject({ errors: [{ path: ['strict', 1] }] })
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', note)
  expect(unhandled).toEqual([])
})

test.each([
  ['NoType', 'Abstract type "Thing" was resolved to a type "NoType" that does not exist inside the schema.'],
  ['Colour', 'Abstract type "Thing" was resolved to a non-object type "Colour".'],
  ['Query', 'Runtime Object type "Query" is not a possible type for "Thing".'],
  [
    undefined,
    'Abstract type "Thing" must resolve to an Object type at runtime for field "Query.thing". Either the "Thing" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.',
  ],
])('an object that says to be of type %s cannot be', async (typename, message) => {
  expect(await answered({ thing: () => ({ __typename: typename }) }, '{ thing { __typename } }')).toEqual({
    data: { thing: null },
    errors: [{ message, locations: [{ line: 1, column: 3 }], path: ['thing'] }],
  })
})
