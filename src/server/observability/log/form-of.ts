/** What a text is made of, in the order in which it is said. */
const CLASSES = [
  ['A-Z', /[A-Z]/],
  ['a-z', /[a-z]/],
  ['0-9', /[0-9]/],
  ['_', /_/],
  ['-', /-/],
  ['others', /[^A-Za-z0-9_-]/],
] as const

/** Longer ones are no spelling of anything. */
const MAX_CHARACTERS = 64

/**
 * What a value looks like without what it says: `string(7) A-Z _`. The cloud may send anything where a code was expected,
 * a secret too.
 */
export function formOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number') return `number(${String(value).length})`
  if (typeof value !== 'string') return typeof value
  if (value.length > MAX_CHARACTERS) return `string(>${MAX_CHARACTERS})`
  const classes = CLASSES.filter(([, pattern]) => pattern.test(value)).map(([name]) => name)
  return [`string(${value.length})`, ...classes].join(' ')
}
