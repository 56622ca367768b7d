import { setTimeout as sleep } from 'node:timers/promises'

/** How long reads may lag behind a write whose response does not say what happened. */
export interface Settling {
  /** Milliseconds. */
  readonly settlingMs: number
  /** When the operation's time is up, on `performance.now()`'s clock. */
  readonly deadline: number
}

/** When to look, in parts of the settling time: reads can lag behind writes, and the cloud can apply a write after its error. */
const LOOKS = [0, 1 / 8, 1 / 4, 1 / 2, 1] as const

/**
 * Looks several times over the settling time until a look decides, and returns what the last look saw. Ends sooner where the
 * deadline leaves no time for the next one.
 */
export async function lookUntil<Seen>(
  look: () => Promise<Seen>,
  isDecided: (seen: Seen) => boolean,
  { settlingMs, deadline }: Settling,
): Promise<Seen> {
  const startedAt = performance.now()
  let seen = await look()
  for (const part of LOOKS.slice(1)) {
    const dueAt = startedAt + part * settlingMs
    if (isDecided(seen) || dueAt >= deadline) break
    await sleep(Math.max(0, dueAt - performance.now()))
    seen = await look()
  }
  return seen
}
