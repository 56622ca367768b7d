import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { compiledOperations } from '../../../src/execution/compiled-operations.ts'
import { schemaWith } from './schema-with.ts'

const schema = schemaWith('type Query { a: Int b: Int }', { Query: { a: () => 1, b: () => 2 } })
const MANY = { documents: 100, bytes: 1e9, maxLength: 1000 }

function kept(bounds: Partial<typeof MANY>) {
  const operations = compiledOperations(schema, { ...MANY, ...bounds })
  return {
    add: (text: string) => operations.add(text, parse(text)),
    has: (text: string) => operations.get(text) !== undefined,
    operations,
  }
}

test('the operations of a document are had by its exact text and their names', () => {
  const { operations, add } = kept({})
  const text = 'query A { a } query B { b }'
  expect(operations.get(text, 'A')).toBeUndefined()
  add(text)
  expect(operations.get(text, 'A')?.execute({}, {})).toEqual({ data: { a: 1 } })
  expect(operations.get(text, 'B')?.execute({}, {})).toEqual({ data: { b: 2 } })
  expect(operations.get(text, 'B')).toBe(operations.get(text, 'B'))
  expect(operations.get(text, 'C')).toBeUndefined()
  expect(operations.get(text)).toBeUndefined()
  expect(operations.get(`${text} `, 'A')).toBeUndefined()
})

test('what cannot be compiled stays so', () => {
  const { operations, add } = kept({})
  const text = '{ __schema { queryType { name } } }'
  add(text)
  expect(operations.get(text)).toBeUndefined()
  expect(operations.get(text, null)).toBeUndefined()
})

test('the documents asked for last are kept', () => {
  const { add, has } = kept({ documents: 2 })
  add('{ a }')
  add('{ b }')
  expect(has('{ a }')).toBe(true)
  add('{ a b }')
  expect([has('{ a }'), has('{ b }'), has('{ a b }')]).toEqual([true, false, true])
})

test('the document that comes again and again stays, however many others come between', () => {
  const { add, has } = kept({ documents: 2 })
  add('{ a }')
  for (const text of ['{ b }', '{ a b }', '{ b a }', '{b}']) {
    expect(has('{ a }')).toBe(true)
    expect(has('{ a }')).toBe(true)
    add(text)
  }
  expect(has('{ a }')).toBe(true)
})

test('documents are forgotten before they take too much memory', () => {
  // 2000 bytes for the document, 160 for each of five characters, 1200 for the field.
  const { add, has } = kept({ bytes: 2 * (2000 + 5 * 160 + 1200) })
  for (const text of ['{ a }', '{ b }']) {
    add(text)
    expect(has(text)).toBe(true)
  }
  expect([has('{ a }'), has('{ b }')]).toEqual([true, true])
  add('{a:b}')
  expect([has('{ a }'), has('{ b }'), has('{a:b}')]).toEqual([false, true, true])
})

test('a document that is compiled grows', () => {
  const { add, has } = kept({ bytes: 2 * (2000 + 5 * 160) + 1200 })
  add('{ a }')
  add('{ b }')
  expect(has('{ b }')).toBe(true)
  expect(has('{ a }')).toBe(true)
  expect(has('{ b }')).toBe(false)
})

test('long documents are not kept', () => {
  const { add, has } = kept({ maxLength: 10 })
  add('{ a b    }')
  add('{ a b     }')
  expect([has('{ a b    }'), has('{ a b     }')]).toEqual([true, false])
})
