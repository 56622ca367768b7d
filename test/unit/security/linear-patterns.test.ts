import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { languageOf } from '../../../src/errors/language.ts'
import { responseTypeOf } from '../../../src/server/http/media-types.ts'
import { paramsOfBody } from '../../../src/server/http/read-params.ts'
import { charactersPattern } from '../../../src/vpc-channel/rules/characters.ts'
import { isHttpCodes } from '../../../src/vpc-channel/rules/http-codes.ts'
import { countedMatch, type Match } from '../../support/counted-match.ts'
import { workOf } from '../../support/work-of.ts'

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
      pattern: new RegExp(source, flags),
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
const SHORT = 256
const LONG = 8 * SHORT
/** Eight times the text: about 8 times the work if linear, 64 times if quadratic. */
const MAX_RATIO = 20

const endless = (unit: string, length: number): string => `${unit.repeat(length / unit.length)}!`

function expectLinearSteps(pattern: RegExp, units: readonly string[] = UNITS): void {
  const match = countedMatch(pattern)
  for (const unit of units) {
    const [short, long] = [match(endless(unit, SHORT)), match(endless(unit, LONG))]
    expect(long.steps / short.steps, unit).toBeLessThan(MAX_RATIO)
  }
}

/** What V8 itself finds. */
function matchesOf(pattern: RegExp, text: string): readonly Match[] {
  const found = pattern.global ? [...text.matchAll(pattern)] : [pattern.exec(text)]
  return found.filter((one) => one !== null).map(({ index, 0: matched }) => ({ index, text: matched }))
}

function loopInLoop(text: string): number {
  let same = 0
  for (const one of text) for (const other of text) if (one === other) same += 1
  return same
}

async function expectLinearWork(work: (text: string) => unknown, units = UNITS): Promise<void> {
  const workFor = (length: number) =>
    workOf(() => {
      for (const unit of units) {
        work(endless(unit, length))
        // `200,200`, say, is as it should be.
        work(unit.repeat(length / unit.length).slice(0, -1))
      }
    })
  const short = await workFor(SHORT)
  expect((await workFor(LONG)) / short).toBeLessThan(MAX_RATIO)
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
    expectLinearSteps(pattern)
  })

  test.each(PATTERNS)('what counts the steps finds what V8 finds: $name', ({ pattern }) => {
    const match = countedMatch(pattern)
    for (const unit of UNITS) {
      const texts = [unit, `x${unit}`, `${unit} 1`, unit.repeat(3), endless(unit, 140)]
      expect(texts.map((text) => match(text).matches)).toEqual(texts.map((text) => matchesOf(pattern, text)))
    }
  })

  test.each([/a+-b/, /^(?:a+)+$/, /(?:a|aa)+$/, /a*?-/g, /(?<=a+)\w-/, /(?<!b)a(?=a*b)/g])(
    'one that does not is seen to: %s',
    (pattern) => {
      expect(() => expectLinearSteps(pattern, ['a'])).toThrow()
    },
  )
})

describe('what is made of patterns does too', () => {
  test.each(['CHARSET', 'STARTS_WITH', 'ENDS_WITH'] as const)('characters: %s', (rule) => {
    expectLinearSteps(
      charactersPattern(['LETTERS', 'CHINESE', 'DIGITS', 'HYPHEN', 'UNDERSCORE', 'PERIOD'], rule),
    )
  })

  test.each([
    ['HTTP codes', isHttpCodes],
    ['languages', languageOf],
    ['media types', responseTypeOf],
    ['parameters', paramsOfBody],
    ['parameters of one text', (text: string) => paramsOfBody(JSON.stringify({ query: text }))],
  ] as const)('%s', async (_name, work) => {
    await expectLinearWork(work)
  })

  test.each([
    ['a loop in a loop', (text: string) => loopInLoop(text)],
    ['a search for each character', (text: string) => Array.from(text, (one) => text.indexOf(`${one}?`))],
    ['a pattern for each character', (text: string) => Array.from(text, () => /\?/.test(text))],
  ])('one that does not is seen to: %s', async (_name, work) => {
    await expect(expectLinearWork(work, ['a'])).rejects.toThrow()
  })
})
