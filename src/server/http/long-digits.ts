/** The shortest integers that a double may not hold. */
const DIGITS = 16

const isDigit = (text: string, at: number): boolean => {
  const code = text.charCodeAt(at)
  return code >= 48 && code <= 57
}

/**
 * Whether 16 digits stand in a row in a text. So many cannot stand between two places that are 16 apart, so that only every
 * sixteenth character is looked at, and what is around it where that is a digit.
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
