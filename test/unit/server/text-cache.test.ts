import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textCache } from '../../../src/server/documents/text-cache.ts'

test('what was put in comes out, and nothing else', () => {
  const cache = textCache<number>(10)
  cache.set('abc', 1)
  expect([cache.get('abc'), cache.get('ab'), cache.get('')]).toEqual([1, undefined, undefined])
  cache.set('abc', 2)
  expect(cache.get('abc')).toBe(2)
})

test('the text that was used longest ago goes first', () => {
  const cache = textCache<number>(6)
  for (const text of ['aa', 'bb', 'cc']) cache.set(text, 1)
  cache.get('aa')
  cache.set('dd', 1)
  expect(['aa', 'bb', 'cc', 'dd'].filter((text) => cache.get(text) !== undefined)).toEqual(['aa', 'cc', 'dd'])
})

test('a text too long for the whole cache puts nothing else out', () => {
  const cache = textCache<number>(6)
  cache.set('aa', 1)
  cache.set('longer than that', 1)
  expect([cache.get('aa'), cache.get('longer than that')]).toEqual([1, undefined])
})

test('it never holds more characters than it may, whatever is put in and taken', () => {
  const uses = fc.array(fc.tuple(fc.string({ maxLength: 12 }), fc.boolean()), { maxLength: 60 })
  fc.assert(
    fc.property(uses, fc.nat(40), (all, most) => {
      const cache = textCache<string>(most)
      for (const [text, isPut] of all) {
        if (isPut) cache.set(text, text)
        else expect([undefined, text]).toContain(cache.get(text))
      }
      const held = [...new Set(all.map(([text]) => text))].filter((text) => cache.get(text) !== undefined)
      expect(held.join('').length).toBeLessThanOrEqual(most)
      const last = all.findLast(([, isPut]) => isPut)?.[0]
      if (last !== undefined && last.length <= most) expect(held).toContain(last)
    }),
  )
})
