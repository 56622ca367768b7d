const VALUE = /^\d{3}$/

const status = (text: string): number | null => {
  const value = VALUE.test(text) ? Number(text) : 0
  return value >= 100 && value <= 599 ? value : null
}

/**
 * Whether a text names HTTP status codes as the pages allow: `200,201,202`, `200-299` or `201,202,210-299`,
 * each from 100 to 599, no range descending, no blanks.
 */
export const isHttpCodes = (text: string): boolean =>
  text.split(',').every((part) => {
    const [first = '', last, ...more] = part.split('-')
    const from = status(first)
    if (from === null || more.length > 0) return false
    if (last === undefined) return true
    const to = status(last)
    return to !== null && from <= to
  })
