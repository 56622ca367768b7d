/** Choices that follow from a text alone: the same text, the same choices. */
export interface Dice {
  /** A whole number from 0, below the limit. */
  readonly below: (limit: number) => number
  readonly chance: (probability: number) => boolean
  readonly of: <Item>(items: readonly Item[]) => Item | undefined
}

/** FNV-1a, then mulberry32. */
export function diceOf(text: string): Dice {
  let state = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return { below, chance: (probability) => next() < probability, of: (items) => items[below(items.length)] }
}
