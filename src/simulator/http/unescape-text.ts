/** `decodeURIComponent`, for text that may hold a stray percent sign. */
export function unescapeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
