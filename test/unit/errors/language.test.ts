import fc from 'fast-check'
import { expect, test } from 'vitest'
import { languageOf } from '../../../src/errors/language.ts'
import { workOf } from '../../support/work-of.ts'

test.each([
  [undefined, 'en'],
  [null, 'en'],
  ['', 'en'],
  ['zh', 'zh'],
  ['zh-CN', 'zh'],
  ['ZH-hant-TW', 'zh'],
  [' zh-CN ; q=0.9 , en ; q=0.8', 'zh'],
  ['en;q=0.8, zh;q=0.9', 'zh'],
  ['zh;q=0.8, en;q=0.9', 'en'],
  ['fr;q=1, zh;q=0.2', 'zh'],
  ['fr, de', 'en'],
  ['zh;q=0', 'en'],
  ['zh;q=0.000', 'en'],
  ['en;q=0, zh;q=0.1', 'zh'],
  ['*', 'en'],
  ['zh, *;q=0.5', 'zh'],
  ['zh;q=x', 'en'],
  ['zhx', 'en'],
  ['q=1', 'en'],
  [',;,', 'en'],
] as const)('%j asks for %s', (header, language) => {
  expect(languageOf(header)).toBe(language)
})

test('any text at all asks for one of the two', () => {
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (header) => ['en', 'zh'].includes(languageOf(header))))
})

test.each(['zh;q=0.1,', ';'])('a very long header costs no more than a long one: %s', async (part) => {
  const workFor = (length: number) => workOf(() => languageOf(part.repeat(length / part.length)))
  expect(await workFor(1_000_000)).toBeLessThan(2 * (await workFor(2_000)))
})
