/** The shortest integers that a double may not hold. */
const DIGITS = 16

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/**
 * Whether a text has 16 digits in a row. A run of 16 covers a position that is a multiple of 16, so the loop looks at every
 * sixteenth character only, and around it where it is a digit.
 */
export function hasLongDigits(text: string): boolean {
  for (let at = DIGITS - 1; at < text.length; at += DIGITS) {
    if (!isDigit(text, at)) continue
    let from = at
    while (at - from < DIGITS && isDigit(text, from - 1)) from -= 1
    let to = at + 1
    while (to - from < DIGITS && isDigit(text, to)) to += 1
    if (to - from >= DIGITS) return true
  }
  return false
}
