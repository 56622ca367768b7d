import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { errorMessage } from '../../../src/errors/error-messages.ts'

/** Every Chinese text of a table of messages. */
const chineseOf = (file: string): readonly string[] =>
  Array.from(
    readFileSync(new URL(`../../../src/errors/${file}`, import.meta.url), 'utf8').matchAll(/zh: '([^']*)'/g),
    ([, text = '']) => text,
  )

/** Half-width punctuation, but for that of an example such as `200,201` and the characters that are being named. */
const HALF_WIDTH = /[,:;?!()](?<!\d,(?=\d))|\.(?!）)/

describe.each([
  ['error-messages.ts', 50],
  ['fault-messages.ts', 45],
])('the Chinese of %s', (file, least) => {
  const texts = chineseOf(file)

  test('is found', () => {
    expect(texts.length).toBeGreaterThan(least)
  })

  test.each(texts)('has full-width punctuation: %s', (text) => {
    expect(text).toMatch(/\p{Script=Han}/u)
    expect(text).not.toMatch(HALF_WIDTH)
  })
})

test.each(['1,2', '限流,请', '提示:值', '(1)', '好;', '值无效.'])(
  'half-width punctuation is seen: %s',
  (text) => {
    expect(HALF_WIDTH.test(text)).toBe(text !== '1,2')
  },
)

test('an account without money has an insufficient balance, in both languages', () => {
  expect(errorMessage('FORBIDDEN', 'ACCOUNT_BALANCE', 'en')).toBe("The account's balance is insufficient.")
  expect(errorMessage('FORBIDDEN', 'ACCOUNT_BALANCE', 'zh')).toBe('账号余额不足。')
})
