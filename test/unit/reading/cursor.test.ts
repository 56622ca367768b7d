import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cursorOf, indexOf } from '../../../src/graphql/vpc-channel/cursor.ts'

const place = fc.integer({ min: 0, max: 999_999_999 })

test('a cursor leads back to its place', () => {
  fc.assert(
    fc.property(place, (index) => {
      expect(indexOf(cursorOf(index))).toBe(index)
    }),
  )
})

test('two places never have one cursor', () => {
  fc.assert(
    fc.property(place, place, (a, b) => {
      expect(cursorOf(a) === cursorOf(b)).toBe(a === b)
    }),
  )
})

test('a cursor can stand in a URL and in a document as it is', () => {
  fc.assert(
    fc.property(place, (index) => {
      expect(cursorOf(index)).toMatch(/^[\w-]+$/)
    }),
  )
})

test('any text is a cursor or none, and never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const index = indexOf(text)
      expect(index === null || (Number.isSafeInteger(index) && index >= 0)).toBe(true)
    }),
  )
})

test('what was not given out as a cursor is none: each place has one spelling', () => {
  fc.assert(
    fc.property(place, fc.string({ minLength: 1, maxLength: 5 }), fc.nat(40), (index, added, where) => {
      const cursor = cursorOf(index)
      const altered = cursor.slice(0, where) + added + cursor.slice(where)
      const read = indexOf(altered)
      expect(read === null || cursorOf(read) === altered).toBe(true)
    }),
    { numRuns: 1_000 },
  )
})
