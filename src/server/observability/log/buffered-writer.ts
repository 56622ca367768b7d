export interface BufferedWriter {
  readonly write: (line: string) => void
  /** Writes what is held now. (The name is that of pino's destinations.) */
  readonly flushSync: () => void
}

/** How long a line may be held back. */
const HELD_MS = 50
/** Characters that are held back at the most. */
const MAX_HELD = 65_536

/**
 * Writes lines together where many come, as each write is a call of the system. The first one after a pause is written
 * at once; those that follow it within a moment wait for its end.
 */
export function bufferedWriter(write: (text: string) => void): BufferedWriter {
  let held = ''
  let moment: NodeJS.Timeout | undefined

  function writeHeld(): void {
    const text = held
    held = ''
    write(text)
  }

  function momentOver(): void {
    moment = undefined
    if (held === '') return
    writeHeld()
    beginMoment()
  }

  function beginMoment(): void {
    moment = setTimeout(momentOver, HELD_MS).unref()
  }

  return {
    write: (line) => {
      held += line
      if (moment === undefined) beginMoment()
      else if (held.length < MAX_HELD) return
      writeHeld()
    },
    flushSync: () => {
      if (held !== '') writeHeld()
    },
  }
}
