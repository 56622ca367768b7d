import fc from 'fast-check'
import { type DocumentNode, GraphQLError, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { schema } from '../../../src/graphql/schema.ts'
import { validateDocument } from '../../../src/server/documents/validate-document.ts'
import { operations } from '../../integration/compiled-fast-path/any-operation.ts'

/*
 * The rules are those of graphql-js; only what calls them is the gateway's. Whatever a document is, the errors have to be those of
 * graphql-js, in its order.
 */

const RUNS = 1_000

const WORDS = [
  ...['vpcChannel', '__typename', 'id', 'instanceId', 'members', 'Query', 'Mutation', 'unknown', 'First'],
  ...['query', 'mutation', 'subscription', 'fragment', 'on', 'type', 'input', 'schema', 'createVpcChannel'],
  ...['@skip(if: true)', '@include', '@unknown', '$a', '$b', '$a: ID', '...', '...F', 'null', '1', '"x"'],
  ...['{', '}', '(', ')', '[', ']', ':', '=', '!'],
]

const parsed = (text: string): DocumentNode | undefined => {
  try {
    return parse(text)
  } catch (error) {
    if (error instanceof GraphQLError) return undefined
    throw error
  }
}

const expectSame = (text: string): number | undefined => {
  const document = parsed(text)
  if (document === undefined) return undefined
  for (const hideSuggestions of [true, false]) {
    const expected = validate(schema, document, undefined, { hideSuggestions })
    const actual = validateDocument(schema, document, hideSuggestions)
    expect(actual.map((error) => error.toJSON())).toEqual(expected.map((error) => error.toJSON()))
  }
  return validateDocument(schema, document, true).length
}

test('a generated document with some of its tokens exchanged has the errors of graphql-js', () => {
  const counts = { invalid: 0, valid: 0 }
  const exchange = fc.record({ at: fc.nat(), by: fc.constantFrom(...WORDS), isGap: fc.boolean() })
  fc.assert(
    fc.property(
      operations.map(({ text }) => text),
      fc.array(exchange, { maxLength: 3 }),
      (text, exchanges) => {
        const tokens = text.split(/(\s+|[{}()[\]:=!])/)
        for (const { at, by, isGap } of exchanges)
          tokens.splice(at % tokens.length, isGap ? 0 : 1, isGap ? ` ${by} ` : by)
        const errors = expectSame(tokens.join(''))
        if (errors !== undefined) counts[errors === 0 ? 'valid' : 'invalid'] += 1
      },
    ),
    { numRuns: RUNS },
  )
  expect(counts.invalid).toBeGreaterThan(RUNS / 20)
  expect(counts.valid).toBeGreaterThan(RUNS / 20)
})

test.each([
  ['more errors than validation counts', `{ ${Array.from({ length: 150 }, (_, at) => `x${at}`).join(' ')} }`],
  ['type definitions', 'type Query { a(b: C @d): [E!] @f } extend input G @h { i: J } "text" enum K { L }'],
  ['several anonymous operations', '{ __typename } { __typename } mutation { __typename }'],
  ['a description of a variable', 'query ($a: Int = x "text" $b: Boolean) { __typename @skip(if: $b) }'],
  ['subscriptions', 'subscription { a b ...F } fragment F on Subscription { c }'],
  [
    'variables in all places',
    'query Q($a: [ID!]! = 1 @x, $a: Z, $b: Int) { vpcChannel(id: $a, id: $c) @skip(if: $b) { id { x } } }',
  ],
  [
    'fragments',
    '{ ...A ...B } fragment A on Query { ...B } fragment B on Query { ...A } fragment C on ID { x } fragment A on No { y }',
  ],
  [
    'conflicts',
    '{ a: __typename a: vpcChannel(instanceId: "1", id: "2") { id } a: vpcChannel(instanceId: "2", id: "2") { name: id name } }',
  ],
  [
    'introspection below itself',
    '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
  ],
])('%s', (_name, text) => {
  expect(expectSame(text)).toBeGreaterThan(0)
})
