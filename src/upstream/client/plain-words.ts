const WORD = /^[("'[]?(?:[A-Za-z]?[a-z]{0,15}|[A-Z]{2,5})[)"'\],.;:]*$/
/** What follows one of these may be a secret that looks like a word. */
const NAMES_A_SECRET = /passw|secret|credential/i
const MASK = '…'

/**
 * A text of the vendor's as far as it is a sentence: `verify aksk signature fail, …`. The front gateway's messages echo access
 * keys, canonical requests and hosts, so whatever is no plain word is masked.
 */
export function plainWords(text: string): string {
  const chunks = text.split(/\s+/).filter((chunk) => chunk !== '')
  const shown = chunks.map((chunk, index) =>
    WORD.test(chunk) && !NAMES_A_SECRET.test(chunks[index - 1] ?? '') ? chunk : MASK,
  )
  return shown.filter((chunk, index) => chunk !== MASK || shown[index - 1] !== MASK).join(' ')
}
