import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isHttpCodes } from '../../../../src/vpc-channel/rules/http-codes.ts'

/** The pages in other words: read character by character, no pattern, no split. */
function oracle(text: string): boolean {
  let at = 0
  const code = (): number | null => {
    let value = 0
    for (let digit = 0; digit < 3; digit++, at++) {
      const character = text.charCodeAt(at)
      if (!(character >= 48 && character <= 57)) return null
      value = value * 10 + (character - 48)
    }
    return value >= 100 && value <= 599 ? value : null
  }
  for (;;) {
    const first = code()
    if (first === null) return false
    if (text[at] === '-') {
      at++
      const last = code()
      if (last === null || last < first) return false
    }
    if (at === text.length) return true
    if (text[at] !== ',') return false
    at++
  }
}

const number = fc.oneof(fc.integer({ min: 100, max: 599 }), fc.integer({ min: 0, max: 1_200 })).map(String)
const piece = fc.oneof(
  { weight: 6, arbitrary: number },
  { weight: 4, arbitrary: fc.tuple(number, number).map((both) => both.join('-')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', ' ', '-', ',', '200 ', '２００', '2xx', '200\n', '0200', '1e2'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
)
const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(','))

describe('isHttpCodes', () => {
  test('agrees with the pages on any text', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string()), (codes) => {
        expect(isHttpCodes(codes)).toBe(oracle(codes))
      }),
      { numRuns: 3_000 },
    )
  })

  test('takes every list of values and ascending ranges', () => {
    const value = fc.integer({ min: 100, max: 599 })
    const range = fc
      .tuple(value, value)
      .map(([one, other]) => `${Math.min(one, other)}-${Math.max(one, other)}`)
    fc.assert(
      fc.property(fc.array(fc.oneof(value.map(String), range), { minLength: 1 }), (parts) =>
        isHttpCodes(parts.join(',')),
      ),
    )
  })

  test.each(['200', '100', '599', '200,201,202', '200-299', '201,202,210-299', '200-299,404,500-599'])(
    'takes %s',
    (codes) => {
      expect(isHttpCodes(codes)).toBe(true)
    },
  )

  test.each(['', '99', '600', '299-200', '200, 201', '200-', '-200', ',', '200-250-299', '２００'])(
    'refuses %j',
    (codes) => {
      expect(isHttpCodes(codes)).toBe(false)
    },
  )
})
