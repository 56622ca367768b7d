import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { languageOf } from '../../../src/errors/language.ts'
import { responseTypeOf } from '../../../src/server/http/media-types.ts'
import { paramsOfBody } from '../../../src/server/http/read-params.ts'
import { charactersPattern } from '../../../src/vpc-channel/rules/characters.ts'
import { isHttpCodes } from '../../../src/vpc-channel/rules/http-codes.ts'

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

function millisecondsOf(work: () => void): number {
  const started = performance.now()
  work()
  return performance.now() - started
}

const SHORT = 2 * 1024
const LONG = 32 * 1024
/** What takes less has no effect on anybody. */
const NO_TIME_MS = 20
/** Only what does not run in linear time, or on a machine that stands still again and again, needs them all. */
const MOST_ROUNDS = 5

/** Sixteen times the text: about 16 times the time if linear, 256 times if quadratic. */
function expectLinear(work: (text: string) => unknown, { units = UNITS, rounds = MOST_ROUNDS } = {}): void {
  const timeFor = (length: number) =>
    millisecondsOf(() => {
      for (const unit of units) work(endless(unit, length))
    })
  // The least that each was seen to take is the work itself: the rest is the machine's.
  let [short, long] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let round = 0; round < rounds; round++) {
    short = Math.min(short, timeFor(SHORT))
    long = Math.min(long, timeFor(LONG))
    if (long < NO_TIME_MS || long / short < 64) return
  }
  expect(long / short).toBeLessThan(64)
}

describe('every pattern in the source runs in linear time', () => {
  test('and they are found', () => {
    const names = PATTERNS.map(({ name }) => name).join('\n')
    expect(PATTERNS.length).toBeGreaterThanOrEqual(32)
    for (const known of [
      'lib/ids.ts',
      'server/auth/authenticate.ts',
      'errors/vendor-message.ts',
      'server/http/request-target.ts',
      'config/setting-formats.ts',
    ]) {
      expect(names).toContain(known)
    }
  })

  test.each(PATTERNS)('$name', ({ pattern }) => {
    expectLinear((text) => pattern.exec(text))
  })

  test('one that does not is seen to', () => {
    expect(() => expectLinear((text) => /a+-b/.exec(text), { units: ['a'], rounds: 2 })).toThrow()
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
    ['media types', responseTypeOf],
    ['parameters', paramsOfBody],
    ['parameters of one text', (text: string) => paramsOfBody(JSON.stringify({ query: text }))],
  ] as const)('%s', (_name, work) => {
    expectLinear(work)
  })
})
