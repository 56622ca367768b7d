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
  const last = new Map<string, Work>()
  return {
    run: (names, begin) => {
      // All names are taken in one turn, so that two works cannot wait for each other.
      const work = new Work()
      const before: Promise<void>[] = []
      for (const name of names) {
        const other = last.get(name)
        if (other !== undefined && other !== work) before.push(other.ended())
        last.set(name, work)
      }
      const end = (): void => {
        for (const name of names) if (last.get(name) === work) last.delete(name)
        work.end()
      }
      const result = before.length === 0 ? begun(begin) : Promise.all(before).then(begin)
      result.then(end, end)
      return result
    },
    settled: async () => {
      while (last.size > 0) await Promise.all(Array.from(last.values(), (work) => work.ended()))
    },
  }
}

function begun<Result>(begin: () => Promise<Result>): Promise<Result> {
  try {
    return begin()
  } catch (error) {
    return Promise.reject(error)
  }
}

/** A work under way. Most are waited for by nobody, and need no promise. */
class Work {
  #ended: Promise<void> | undefined
  #tell: (() => void) | undefined

  ended(): Promise<void> {
    this.#ended ??= new Promise((resolve) => {
      this.#tell = resolve
    })
    return this.#ended
  }

  end(): void {
    this.#tell?.()
  }
}
