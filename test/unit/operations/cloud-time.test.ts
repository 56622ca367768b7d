import { describe, expect, test } from 'vitest'
import { isClearlyOlder } from '../../../src/operations/cloud-time.ts'

const SENT = Date.parse('2026-11-27T10:00:00Z')
const at = (seconds: number): string => new Date(SENT + seconds * 1_000).toISOString()

describe('whether a channel was there before a request', () => {
  test.each([
    ['years before', '2020-07-23T07:24:33Z', true],
    ['an hour before', at(-3_600), true],
    ['ten seconds before', at(-10), true],
    ['two seconds before: the cloud’s machines need not agree on that', at(-2), false],
    ['at the same time', at(0), false],
    ['after it', at(5), false],
    ['with nanoseconds', '2020-07-23T07:24:33.123456789Z', true],
    ['in another zone', '2026-11-27T17:59:00+08:00', true],
    ['no time', null, false],
    ['a time that cannot be read', 'yesterday', false],
  ])('by clocks that agree: created %s', (_, createdAt, expected) => {
    expect(isClearlyOlder(createdAt, SENT, { respondedAt: SENT + 1_000, readAt: SENT + 1_000 })).toBe(
      expected,
    )
  })

  test.each([
    ['an hour ahead', 3_600],
    ['an hour behind', -3_600],
    ['a day ahead', 86_400],
  ])('by a cloud whose clock is %s', (_, offset) => {
    const times = { respondedAt: SENT + offset * 1_000, readAt: SENT }
    expect(isClearlyOlder(at(offset + 1), SENT, times)).toBe(false)
    expect(isClearlyOlder(at(offset - 1), SENT, times)).toBe(false)
    expect(isClearlyOlder(at(offset - 60), SENT, times)).toBe(true)
  })

  test('by an answer that took long, only what is older all the same', () => {
    const times = { respondedAt: SENT, readAt: SENT + 20_000 }
    expect(isClearlyOlder(at(-10), SENT, times)).toBe(false)
    expect(isClearlyOlder(at(-30), SENT, times)).toBe(true)
  })

  test('by a cloud that does not say what time it is, only what is older than a day', () => {
    const times = { respondedAt: null, readAt: SENT }
    expect(isClearlyOlder(at(-3_600), SENT, times)).toBe(false)
    expect(isClearlyOlder(at(-2 * 86_400), SENT, times)).toBe(true)
  })
})
