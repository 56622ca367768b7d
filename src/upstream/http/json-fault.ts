/** Longer texts are not searched: every step parses half of the rest. */
const MAX_SEARCHED = 65_536

/** What is wrong with a text that is no JSON, without quoting it: `no JSON at byte 17 of 40`. */
export function jsonFault(text: string): string {
  const bytes = Buffer.byteLength(text)
  if (bytes === 0) return 'the body is empty'
  if (text.length > MAX_SEARCHED) return `the body of ${bytes} bytes is no JSON`
  const at = Buffer.byteLength(text.slice(0, faultAt(text)))
  return at === bytes
    ? `the body ends after ${bytes} bytes, amid its JSON`
    : `no JSON at byte ${at} of ${bytes}`
}

/** The length of the longest beginning that more text could make JSON. V8 tells the position of some faults only. */
function faultAt(text: string): number {
  let good = 0
  let bad = text.length + 1
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (canBecomeJson(text.slice(0, middle))) good = middle
    else bad = middle
  }
  return good
}

function canBecomeJson(beginning: string): boolean {
  try {
    JSON.parse(beginning)
    return true
  } catch (error) {
    const { message } = error as SyntaxError
    if (message.startsWith('Unexpected end of JSON input')) return true
    return (
      message.includes(`at position ${beginning.length} `) ||
      message.endsWith(`at position ${beginning.length}`)
    )
  }
}
