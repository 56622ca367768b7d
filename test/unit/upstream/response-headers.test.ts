import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { retryAfterMs, vendorRequestId } from '../../../src/upstream/http/response-headers.ts'

const NOW = Date.parse('2026-11-21T10:00:00Z')

describe('retryAfterMs', () => {
  test.each([
    ['0', 0],
    ['1', 1_000],
    ['3600', 3_600_000],
    ['Sat, 21 Nov 2026 10:00:30 GMT', 30_000],
    ['Sat, 21 Nov 2026 10:00:00 GMT', 0],
    ['Sat, 21 Nov 2026 09:00:00 GMT', 0],
    ['Saturday, 21-Nov-26 10:00:30 GMT', 30_000],
    ['Saturday, 21-Nov-26 09:00:00 GMT', 0],
    ['Sat Nov 21 10:00:30 2026', 30_000],
    ['Sun Nov  1 10:00:30 2026', 0],
    ['Sat Nov 21 10:00:30 2026 GMT', null],
    ['2026-11-21T10:00:30Z', null],
    ['soon', null],
    ['', null],
    ['86399', 86_399_000],
    ['86400', 86_400_000],
    ['86401', 86_400_000],
    ['3000000', 86_400_000],
    ['9'.repeat(30), 86_400_000],
    ['9'.repeat(400), 86_400_000],
    ['Sun, 22 Nov 2026 10:00:00 GMT', 86_400_000],
    ['Sun, 22 Nov 2026 10:00:01 GMT', 86_400_000],
    ['Fri, 31 Dec 9999 23:59:59 GMT', 86_400_000],
  ])('%j is %j', (value, milliseconds) => {
    expect(retryAfterMs(new Map([['retry-after', value]]), NOW)).toBe(milliseconds)
  })

  test.each(['-5', '1.5', '+1', '1e3', '5 seconds', '0x10'])('%j is neither seconds nor a date', (value) => {
    expect(retryAfterMs(new Map([['retry-after', value]]), NOW)).toBeNull()
  })

  test('no header', () => {
    expect(retryAfterMs(new Map(), NOW)).toBeNull()
  })

  test('any text at all is a time to wait, or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const milliseconds = retryAfterMs(new Map([['retry-after', value]]), NOW)
        expect(
          milliseconds === null ||
            (Number.isSafeInteger(milliseconds) && milliseconds >= 0 && milliseconds <= 86_400_000),
        ).toBe(true)
      }),
    )
  })
})

describe('vendorRequestId', () => {
  const uuid = '9f0c8a4e-6b1d-4c57-8e12-3a4b5c6d7e8f'
  const hex = '9f0c8a4e6b1d4c578e123a4b5c6d7e8f'

  test.each([
    [`${uuid}-1594788888-host-7`, uuid],
    [`${hex}-1594788888-host-7`, hex],
    [uuid, uuid],
    [hex, hex],
    [uuid.toUpperCase(), uuid.toUpperCase()],
    [`host-${uuid}`, null],
    ['host-7', null],
    [`${hex}f`, null],
    [hex.slice(1), null],
    ['', null],
    [undefined, null],
    [5, null],
    [[uuid], null],
  ])('%j is %j', (value, shown) => {
    expect(vendorRequestId(value)).toBe(shown)
  })
})
