import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { languageOf } from '../../../src/errors/language.ts'
import { answerTypeOf } from '../../../src/server/http/media-types.ts'
import { paramsOfBody } from '../../../src/server/http/read-params.ts'
import { charactersPattern } from '../../../src/translation/rules/characters.ts'
import { isHttpCodes } from '../../../src/translation/rules/http-codes.ts'

const SRC = new URL('../../../src/', import.meta.url)
/** A regular expression where a value may stand: not a division, not a comment. */
const LITERAL =
  /(?<=[=(,:&|!?[]\s*|=>\s|return |^ *)\/(?![/*])((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/[\\\n])+)\/([dgimsuvy]*)(?=[\s.,;)\]])/gm

/** Every pattern that is written in the gateway; the simulator's look at nobody's data but a test's. */
const PATTERNS = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('simulator'))
  .flatMap((file) =>
    [...readFileSync(new URL(file, SRC), 'utf8').matchAll(LITERAL)].map(([, source = '', flags = '']) => ({
      name: `${file}: /${source}/${flags}`,
      pattern: new RegExp(source, flags.replace(/[gy]/, '')),
    })),
  )

/** What texts are made of that a pattern may look at twice: each is repeated, and ends so that it does not fit. */
const UNITS = [
  ...[
    'a',
    'A',
    '0',
    '-',
    '_',
    '.',
    ',',
    ';',
    '/',
    ':',
    '=',
    ' ',
    '\t',
    '\n',
    '\u0000',
    '"',
    '(',
    '[',
    '中',
    '\ud83d\ude00',
  ],
  ...[
    'a.',
    'a-',
    '0-',
    '0,',
    '200,',
    '200-',
    '..',
    '. ',
    'at ',
    'at a',
    'a(',
    '://',
    'http://',
    '.com',
    'a.com',
    ':1',
    'ak ',
    'eyJ',
  ],
  ...[
    'parameter name:',
    'parametername',
    'parameter name:a.',
    'GMT',
    ' GMT',
    'q=',
    ';q=0.',
    'zh,',
    'zh-',
    'charset=',
    '*/*,',
    'application/',
  ],
]
const endless = (unit: string, length: number): string => `${unit.repeat(length / unit.length)}!`

/** Milliseconds, the best of several times: what is left is the work, not the noise. */
function millisecondsOf(work: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 2; round++) {
    const started = performance.now()
    work()
    best = Math.min(best, performance.now() - started)
  }
  return best
}

/** Four times the text: about four times the time if linear, sixteen if quadratic. What takes no time is no matter. */
function expectLinear(work: (text: string) => unknown): void {
  const timeFor = (length: number) =>
    millisecondsOf(() => {
      for (const unit of UNITS) work(endless(unit, length))
    })
  // A busy machine takes time from the one or the other: the least that each was seen to take is the work itself.
  let [small, large] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let round = 0; round < MOST_ROUNDS; round++) {
    small = Math.min(small, timeFor(8 * 1024))
    large = Math.min(large, timeFor(32 * 1024))
    if (large < 20 || large / small < 6) return
  }
  expect(large / small).toBeLessThan(9)
}

const MOST_ROUNDS = 3

describe('every pattern in the source runs in linear time', () => {
  test('and they are found', () => {
    const names = PATTERNS.map(({ name }) => name).join('\n')
    expect(PATTERNS.length).toBeGreaterThanOrEqual(32)
    for (const known of [
      'upstream/ids.ts',
      'server/callers.ts',
      'errors/vendor-message.ts',
      'server/front-door.ts',
      'settings.ts',
    ]) {
      expect(names).toContain(known)
    }
  })

  test.each(PATTERNS)('$name', ({ pattern }) => {
    expectLinear((text) => pattern.exec(text))
  })

  test('one that does not is seen to', () => {
    expect(() => expectLinear((text) => /a+-b/.exec(text))).toThrow()
  })
})

describe('what is made of patterns does too', () => {
  test.each(['CHARSET', 'STARTS_WITH', 'ENDS_WITH'] as const)('characters: %s', (rule) => {
    expectLinear((text) =>
      charactersPattern(['LETTERS', 'CHINESE', 'DIGITS', 'HYPHEN', 'UNDERSCORE', 'PERIOD'], rule).test(text),
    )
  })

  test.each([
    ['HTTP codes', isHttpCodes],
    ['languages', languageOf],
    ['media types', answerTypeOf],
    ['parameters', paramsOfBody],
    ['parameters of one text', (text: string) => paramsOfBody(JSON.stringify({ query: text }))],
  ] as const)('%s', (_name, work) => {
    expectLinear(work)
  })
})
