import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MESSAGES_BY_CODE, MESSAGES_BY_REASON } from '../../../src/errors/error-messages.ts'
import { VENDOR_ERROR_CODES } from '../../../src/errors/vendor-error-codes.ts'
import { REFUSAL_CODES } from '../../../src/server/refusal-code.ts'

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8')
const codesSection = page.split('\n## Codes\n')[1]?.split('\n## ')[0] ?? ''

/** The reasons of each code, as the page's table of codes has them. */
const REASONS_OF = new Map(
  codesSection.matchAll(/^\| `([A-Z_]+)` \|(.*)\|$/gm).map(([, code = '', cells = '']) => [
    code,
    Array.from(
      cells
        .split('|')
        .at(-1)
        ?.matchAll(/`([A-Z_]+)`/g) ?? [],
      ([, reason = '']) => reason,
    ),
  ]),
)

describe('the page of errors', () => {
  test('has a row for every code, in its table of codes', () => {
    expect([...REASONS_OF.keys()].toSorted()).toEqual(Object.keys(MESSAGES_BY_CODE).toSorted())
  })

  test('has a row for every code of a request that is not executed', () => {
    const section = page.split('\n## Codes of requests that are not executed\n')[1]?.split('\n## ')[0] ?? ''
    const rows = Array.from(section.matchAll(/^\| `([A-Z_]+)` \|/gm), ([, code]) => code)
    expect(rows.toSorted()).toEqual([...REFUSAL_CODES].toSorted())
  })

  test('has every reason once, and no other', () => {
    expect([...REASONS_OF.values()].flat().toSorted()).toEqual(Object.keys(MESSAGES_BY_REASON).toSorted())
  })

  test('has each reason of a vendor code in the row of the code that it comes with', () => {
    const missing = VENDOR_ERROR_CODES.filter(
      ([, , code, reason]) => reason !== null && !REASONS_OF.get(code)?.includes(reason),
    )
    expect(missing).toEqual([])
  })
})
