import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasLongDigits } from '../../../src/server/http/long-digits.ts'

test('sixteen digits in a row are found wherever they stand', () => {
  for (let before = 0; before < 40; before += 1) {
    const text = `${'"'.repeat(before)}9007199254740993`
    expect(hasLongDigits(text)).toBe(true)
    expect(hasLongDigits(`${text}}`)).toBe(true)
    expect(hasLongDigits(`${'"'.repeat(before)}900719925474099`)).toBe(false)
  }
})

test('digits with others among them are no long number', () => {
  expect(hasLongDigits('0123456789abcdef0123456789abcdef')).toBe(false)
  expect(hasLongDigits('123456789012345.6789012345678901')).toBe(true)
  expect(hasLongDigits('')).toBe(false)
})

test('of any text it says what a pattern would', () => {
  const digits = fc.stringMatching(/^[0-9]{10,20}$/)
  const others = fc.stringMatching(/^[a-f,:. ]{0,3}$/)
  fc.assert(
    fc.property(fc.array(fc.oneof(digits, others), { maxLength: 12 }), (parts) => {
      const text = parts.join('')
      expect(hasLongDigits(text)).toBe(/[0-9]{16}/.test(text))
    }),
    { numRuns: 1_000 },
  )
})
