import {
  type GraphQLEnumType,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLScalarType,
  parse,
} from 'graphql'
import { describe, expect, test } from 'vitest'
import { compileOperation } from '../../../src/execution/compile-operation.ts'
import { answerTo, compiled, schemaWith } from './schema-with.ts'

describe('a resolver', () => {
  const told: unknown[][] = []
  const schema = schemaWith(
    /* GraphQL */ `
      input Point { x: Int! y: Int = 2 }
      type Item { field(a: Int, b: Int = 7, c: Point, d: [Int!]! = [1]): Int }
      type Query { item: Item field(a: Int!): Int }
    `,
    {
      Query: { item: () => ({ parent: true }) },
      Item: {
        field: (...all) => {
          told.push(all)
          return 1
        },
      },
    },
  )
  const argumentsOf = async (given: string, declared = '', variables = {}) => {
    told.length = 0
    await answerTo(schema, `query ${declared} { item { field${given} } }`, variables)
    return told.map(([, given]) => given)
  }

  test.each([
    ['', '', {}, { b: 7, d: [1] }],
    ['(a: 1, b: null, c: { x: 3 }, d: 4)', '', {}, { a: 1, b: null, c: { x: 3, y: 2 }, d: [4] }],
    ['(a: $a, b: $b, c: $c)', '($a: Int, $b: Int, $c: Point)', {}, { b: 7, d: [1] }],
    [
      '(a: $a, b: $b, c: $c)',
      '($a: Int, $b: Int, $c: Point)',
      { a: null, b: null, c: { x: 1 } },
      { a: null, b: null, c: { x: 1, y: 2 }, d: [1] },
    ],
    ['(a: $toString, d: $d)', '($toString: Int, $d: [Int!] = [5])', {}, { b: 7, d: [5] }],
    [
      '(c: { x: $x, y: $y }, d: [1, $x])',
      '($x: Int!, $y: Int)',
      { x: 9 },
      { b: 7, c: { x: 9, y: 2 }, d: [1, 9] },
    ],
  ])('called with %s of %s given %j gets %j', async (given, declared, variables, expected) => {
    const [received] = await argumentsOf(given, declared, variables)
    expect(received).toEqual(expected)
    // Omitted and null are two things.
    expect(Object.keys(received as object)).toEqual(Object.keys(expected))
  })

  test('gets arguments of its own at each call', async () => {
    const operation = compiled(schema, '{ item { a: field(a: 1) b: field(a: 1) } }')
    told.length = 0
    await operation.execute({}, {})
    await operation.execute({}, {})
    expect(new Set(told.map(([, given]) => given)).size).toBe(4)
  })

  test('whose argument comes to be null although it must not be is not called', async () => {
    expect(
      await answerTo(schema, 'query ($d: [Int!] = [5]) { item { field(d: $d) } }', { d: null }),
    ).toMatchObject({
      data: { item: { field: null } },
      errors: [
        { message: 'Argument "d" of non-null type "[Int!]!" must not be null.', path: ['item', 'field'] },
      ],
    })
  })

  test('gets the object above, the context, and where it stands', async () => {
    const text = 'query Named($a: Int) { first: item { second: field(a: $a) } }'
    told.length = 0
    const context = { the: 'context' }
    await compiled(schema, text).execute(context, { a: 5 })
    const [parent, , given, info] = told[0] as [unknown, unknown, unknown, GraphQLResolveInfo]
    expect(parent).toEqual({ parent: true })
    expect(given).toBe(context)
    expect(info).toMatchObject({
      fieldName: 'field',
      path: { key: 'second', typename: 'Item', prev: { key: 'first', typename: 'Query', prev: undefined } },
      variableValues: { a: 5 },
      operation: { name: { value: 'Named' } },
      rootValue: undefined,
    })
    expect(info.fieldNodes.map((node) => node.alias?.value)).toEqual(['second'])
    expect(info.parentType).toBe(schema.getType('Item'))
    expect(String(info.returnType)).toBe('Int')
    expect(info.schema).toBe(schema)
  })
})

describe('a field without a resolver', () => {
  const schema = schemaWith('type Item { a(x: Int = 3): String b: Int } type Query { item: Item }')
  const itemOf = async (item: unknown, text: string) => {
    schema.getQueryType()!.getFields()['item']!.resolve = () => item
    return answerTo(schema, `{ item { ${text} } }`)
  }

  test('is a property of the object above, or what its method answers', async () => {
    class Item {
      readonly b = 2
      a({ x }: { x: number }, context: object, { fieldName }: GraphQLResolveInfo) {
        return `${this.b} ${x} ${JSON.stringify(context)} ${fieldName}`
      }
    }
    expect(await itemOf(new Item(), 'a b')).toEqual({ data: { item: { a: '2 3 {} a', b: 2 } } })
    expect(await itemOf({ b: Promise.resolve(5) }, 'a b')).toEqual({ data: { item: { a: null, b: 5 } } })
    expect(await itemOf({ b: () => 6 }, 'b')).toEqual({ data: { item: { b: 6 } } })
  })

  test('fails where its arguments are refused', async () => {
    const strict = schemaWith('type Item { a(x: Int! = 3): String } type Query { item: Item }', {
      Query: { item: () => ({ a: 'there' }) },
    })
    expect(await answerTo(strict, 'query ($x: Int = 3) { item { a(x: $x) } }', { x: null })).toMatchObject({
      data: { item: { a: null } },
      errors: [{ message: 'Argument "x" of non-null type "Int!" must not be null.', path: ['item', 'a'] }],
    })
  })

  test('is null where what is above is no object', async () => {
    expect(await itemOf('text', 'a b')).toEqual({ data: { item: { a: null, b: null } } })
    const callable = Object.assign(() => 0, { b: 4 })
    expect(await itemOf(Promise.resolve(callable), 'b')).toEqual({ data: { item: { b: 4 } } })
  })

  test('fails where reading the property does', async () => {
    const item = {
      get b() {
        throw new Error('unreadable')
      },
    }
    expect(await itemOf(item, 'b')).toMatchObject({
      data: { item: { b: null } },
      errors: [{ message: 'unreadable', path: ['item', 'b'] }],
    })
  })
})

describe('a leaf', () => {
  const schema = schemaWith(
    'enum Colour { RED } scalar Odd type Query { s: String i: Int f: Float b: Boolean id: ID colour: Colour odd: Odd }',
  )
  const colour = schema.getType('Colour') as GraphQLEnumType
  for (const value of colour.getValues()) value.value = 'internal red'
  const odd = schema.getType('Odd') as GraphQLScalarType
  odd.serialize = (value) => (value === 'even' ? null : value)

  const answered = async (name: string, value: unknown) => {
    schema.getQueryType()!.getFields()[name]!.resolve = () => value
    const { data, errors } = await compiled(schema, `{ ${name} }`).execute({}, {})
    return errors?.[0]?.message ?? data?.[name]
  }

  test.each([
    ['s', 'text', 'text'],
    ['s', 12, '12'],
    ['s', true, 'true'],
    ['i', 12, 12],
    ['i', '12', 12],
    ['f', 0.1, 0.1],
    ['f', '1e3', 1000],
    ['b', false, false],
    ['b', 1, true],
    ['id', 'x', 'x'],
    ['id', 7, '7'],
    ['colour', 'internal red', 'RED'],
    ['odd', { a: [1, 'x'] }, { a: [1, 'x'] }],
    ['odd', undefined, null],
  ])('%s of %j is %j', async (name, value, expected) => {
    expect(await answered(name, value)).toStrictEqual(expected)
  })

  test.each([
    ['s', {}, 'String cannot represent value: {}'],
    ['i', 1.5, 'Int cannot represent non-integer value: 1.5'],
    ['i', 2 ** 31, 'Int cannot represent non 32-bit signed integer value: 2147483648'],
    ['i', 5n, 'Int cannot represent non-integer value: 5'],
    ['f', Number.NaN, 'Float cannot represent non numeric value: NaN'],
    ['b', 'x', 'Boolean cannot represent a non boolean value: "x"'],
    ['id', 1.5, 'ID cannot represent value: 1.5'],
    ['colour', 'RED', 'Enum "Colour" cannot represent value: "RED"'],
    ['odd', 'even', 'Expected `Odd.serialize("even")` to return non-nullable value, returned: null'],
  ])('%s of %s is refused', async (name, value, message) => {
    expect(await answered(name, value)).toBe(message)
  })
})

describe('a mutation', () => {
  const begun: string[] = []
  const soon = async (name: string) => {
    begun.push(`${name} begins`)
    await undefined
    begun.push(`${name} ends`)
    return name
  }
  const schema = schemaWith('type Query { a: String } type Mutation { a: String b: String fails: String! }', {
    Mutation: {
      a: () => soon('a'),
      b: () => soon('b'),
      fails: () => Promise.reject(new Error('failed')),
    },
  })

  test('does one field after the other', async () => {
    begun.length = 0
    expect(await answerTo(schema, 'mutation { b a __typename }')).toEqual({
      data: { b: 'b', a: 'a', __typename: 'Mutation' },
    })
    expect(begun).toEqual(['b begins', 'b ends', 'a begins', 'a ends'])
  })

  test('stops at a field that failed and must not be null', async () => {
    begun.length = 0
    expect(await answerTo(schema, 'mutation { a fails b }')).toMatchObject({
      data: null,
      errors: [{ message: 'failed', path: ['fails'] }],
    })
    expect(begun).toEqual(['a begins', 'a ends'])
  })
})

describe('graphql-js is left', () => {
  const schema = schemaWith(
    'type Item { a: Int } type Query { a: Int item: Item } type Subscription { a: Int }',
  )
  const typed = schemaWith('type Item { a: Int } type Query { item: Item }')
  ;(typed.getType('Item') as GraphQLObjectType).isTypeOf = () => true

  test.each([
    ['subscriptions', schema, 'subscription { a }', undefined],
    ['introspection of the schema', schema, '{ a __schema { queryType { name } } }', undefined],
    ['introspection of a type', schema, '{ __type(name: "Item") { name } }', undefined],
    ['operations that are not there', schema, 'query A { a }', 'B'],
    ['an operation of several without its name', schema, 'query A { a } query B { a }', undefined],
    ['types that look at their objects', typed, '{ item { a } }', undefined],
    [
      'more than a thousand fields',
      schema,
      `{ ${Array.from({ length: 1001 }, (_, i) => `a${i}: a`).join(' ')} }`,
      undefined,
    ],
    ['an alias that objects cannot have', schema, '{ __proto__: a }', undefined],
    ['variables of a name that objects cannot have', schema, 'query ($__proto__: Int) { a }', undefined],
  ])('%s', (_what, schema, text, operationName) => {
    expect(compileOperation(schema, parse(text), operationName)).toBeUndefined()
  })

  test('nothing else', () => {
    const text = 'query A { a } mutation B { a } subscription C { a }'
    const both = schemaWith('type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }')
    expect(compileOperation(both, parse(text), 'A')?.kind).toBe('query')
    expect(compileOperation(both, parse(text), 'B')?.kind).toBe('mutation')
    expect(compileOperation(both, parse('{ a __typename }'), null)?.kind).toBe('query')
  })
})
