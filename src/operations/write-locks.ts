/** Runs work under names: works that share a name one after the other, all others beside them. */
export interface WriteLocks {
  readonly run: <Result>(names: readonly string[], work: () => Promise<Result>) => Promise<Result>
  /** Resolves when every work that was begun has ended. */
  readonly settled: () => Promise<void>
}

/**
 * One write at a time per (project, instance, channel name) in this process: the cloud answers writes at the same time to
 * one channel with an error that does not say which of them it has done.
 */
export function createWriteLocks(): WriteLocks {
  const last = new Map<string, Promise<unknown>>()
  return {
    run: async (names, work) => {
      // All names are taken in one turn, so that two works cannot wait for each other.
      const before = names.flatMap((name) => last.get(name) ?? [])
      const mine = before.length === 0 ? work() : Promise.all(before).then(work)
      const settled = mine.catch(() => undefined)
      for (const name of names) last.set(name, settled)
      try {
        return await mine
      } finally {
        for (const name of names) if (last.get(name) === settled) last.delete(name)
      }
    },
    settled: async () => {
      while (last.size > 0) await Promise.all(last.values())
    },
  }
}
