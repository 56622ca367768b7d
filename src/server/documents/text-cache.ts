/** Characters of all texts that a cache holds: parsed, a document takes up to 250 bytes of memory for each of its own. */
const MOST_CHARACTERS = 400_000

export interface TextCache<Value> {
  readonly get: (text: string) => Value | undefined
  readonly set: (text: string, value: Value) => void
}

/** What was made of texts, for when they come again. Bounded by their length, not their number; the last used stay. */
export function textCache<Value>(mostCharacters = MOST_CHARACTERS): TextCache<Value> {
  const values = new Map<string, Value>()
  let characters = 0
  const forget = (text: string): void => {
    if (values.delete(text)) characters -= text.length
  }
  return {
    get(text) {
      const value = values.get(text)
      if (value === undefined) return undefined
      // A map keeps its keys in the order in which they were set.
      values.delete(text)
      values.set(text, value)
      return value
    },
    set(text, value) {
      forget(text)
      if (text.length > mostCharacters) return
      values.set(text, value)
      characters += text.length
      for (const oldest of values.keys()) {
        if (characters <= mostCharacters) break
        forget(oldest)
      }
    },
  }
}
