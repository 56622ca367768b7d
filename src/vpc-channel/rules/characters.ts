import type { Characters } from '../../errors/validation-fault.ts'

const CLASSES: Readonly<Record<Characters, string>> = {
  LETTERS: 'A-Za-z',
  CHINESE: '\\p{Script=Han}',
  DIGITS: '0-9',
  HYPHEN: '\\-',
  UNDERSCORE: '_',
  PERIOD: '.',
}

/** A regular expression of one character class: it runs in linear time on any input. */
export function charactersPattern(
  characters: readonly Characters[],
  rule: 'CHARSET' | 'STARTS_WITH' | 'ENDS_WITH',
): RegExp {
  const one = `[${characters.map((kind) => CLASSES[kind]).join('')}]`
  return new RegExp({ CHARSET: `^${one}*$`, STARTS_WITH: `^${one}`, ENDS_WITH: `${one}$` }[rule], 'u')
}
