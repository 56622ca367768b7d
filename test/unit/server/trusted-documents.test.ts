import { describe, expect, test } from 'vitest'
import { schema } from '../../../src/graphql/schema.ts'
import { trustedDocuments } from '../../../src/server/documents/trusted-documents.ts'

const TYPENAME = '{ __typename }'
/** printf '{ __typename }' | sha256sum */
const TYPENAME_SHA256 = '7f56e67dd21ab3f30d1ff8b7bed08893f0a0db86449836189b361dd1e56ddb4b'

const faultsOf = (manifest: unknown): readonly string[] => {
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest)
  const read = trustedDocuments(text, schema, true)
  return read.ok ? [] : read.faults
}

describe('a manifest', () => {
  test('has its documents by their ids, the algorithm left away', () => {
    const read = trustedDocuments(
      JSON.stringify({ [`sha256:${TYPENAME_SHA256}`]: TYPENAME, 'md5-or-so': 'query Q { __typename }' }),
      schema,
      true,
    )
    expect(read.ok && [...read.documents.byId]).toEqual([
      [TYPENAME_SHA256, TYPENAME],
      ['md5-or-so', 'query Q { __typename }'],
    ])
  })

  test('may be one of Apollo’s', () => {
    const operation = { id: TYPENAME_SHA256, name: 'Q', type: 'query', body: TYPENAME }
    const manifest = { format: 'apollo-persisted-query-manifest', version: 1, operations: [operation] }
    const read = trustedDocuments(JSON.stringify(manifest), schema, true)
    expect(read.ok && [...read.documents.byId]).toEqual([[TYPENAME_SHA256, TYPENAME]])
    expect(faultsOf({ ...manifest, operations: [{ ...operation, id: 'a', body: '{ nope }' }] })).toEqual([
      'a: Cannot query field "nope" on type "Query".',
    ])
  })

  test.each([
    { version: 2, operations: [] },
    { version: 1 },
    { version: 1, operations: [{ body: TYPENAME }] },
  ])('is none of Apollo’s with %j', (rest) => {
    expect(faultsOf({ format: 'apollo-persisted-query-manifest', ...rest })).toEqual([
      'is not a JSON object of documents by their ids',
    ])
  })

  test('may be empty', () => {
    expect(faultsOf({})).toEqual([])
  })

  test.each(['', '{', '[]', 'null', '"{}"', '1'])('is a JSON object, not %s', (text) => {
    expect(faultsOf(text)).toEqual(['is not a JSON object of documents by their ids'])
  })

  test.each<[fault: string, text: unknown]>([
    ['a: is not a text', 1],
    ['a: is not a text', null],
    ['a: is not a text', { query: TYPENAME }],
    ['a: Syntax Error: Expected Name, found <EOF>.', '{'],
    ['a: Syntax Error: Unexpected <EOF>.', ''],
    ['a: Cannot query field "nope" on type "Query".', '{ nope }'],
    ['a: has no operation', 'fragment F on Query { __typename }'],
    ['a: Unknown fragment "F".', '{ ...F }'],
  ])('%s', (fault, text) => {
    expect(faultsOf({ a: text })).toEqual([fault])
  })

  test('has nothing under an SHA-256 but what has it', () => {
    expect(faultsOf({ [`sha256:${TYPENAME_SHA256}`]: '{ __typename  }' })).toEqual([
      `sha256:${TYPENAME_SHA256}: is not the SHA-256 of its document`,
    ])
  })

  test('has every fault of every document named at once', () => {
    expect(faultsOf({ a: '{ nope never }', b: TYPENAME, c: '{', d: 1 })).toEqual([
      'a: Cannot query field "nope" on type "Query".',
      'a: Cannot query field "never" on type "Query".',
      'c: Syntax Error: Expected Name, found <EOF>.',
      'd: is not a text',
    ])
  })

  test('nested beyond what a parser can take is a fault, not a crash', () => {
    const [fault, ...others] = faultsOf({ a: '{a'.repeat(200_000) })
    expect(fault).toMatch(/^a: /)
    expect(others).toEqual([])
  })
})
