/** Three-digit codes and ranges of them. */
const SHAPE = /^\d{3}(?:-\d{3})?(?:,\d{3}(?:-\d{3})?)*$/

const isStatus = (code: number): boolean => code >= 100 && code <= 599

/**
 * Whether a text names HTTP status codes as the pages allow: `200,201,202`, `200-299` or `201,202,210-299`,
 * each from 100 to 599, without descending ranges and blanks.
 */
export const isHttpCodes = (text: string): boolean =>
  SHAPE.test(text) &&
  text.split(',').every((part) => {
    const from = Number(part.slice(0, 3))
    const to = Number(part.slice(-3))
    return isStatus(from) && isStatus(to) && from <= to
  })
