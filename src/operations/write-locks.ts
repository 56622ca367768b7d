import type { VpcChannelProduct } from '../lib/products.ts'

/** Runs work under keys: works that share a key one after the other, all others at the same time. */
export interface WriteLocks {
  readonly run: <Result>(keys: readonly string[], work: () => Promise<Result>) => Promise<Result>
  /** Resolves when every work that was begun has ended. */
  readonly settled: () => Promise<void>
}

/** The key of a channel. */
export const channelKey = (
  product: VpcChannelProduct,
  projectId: string | null | undefined,
  instanceId: string,
  name: string,
): string => `${product} ${projectId} ${instanceId} ${name}`

/**
 * One write at a time per (project, instance, channel name) in this process: the cloud answers writes at the same time to
 * one channel with an error that does not say which of them it has done.
 */
export function createWriteLocks(): WriteLocks {
  const last = new Map<string, Work>()
  return {
    run: (keys, begin) => {
      // All keys are taken in one turn, so that two works cannot wait for each other.
      const work = new Work()
      const before: Promise<void>[] = []
      for (const key of keys) {
        const other = last.get(key)
        if (other !== undefined && other !== work) before.push(other.ended())
        last.set(key, work)
      }
      const end = (): void => {
        for (const key of keys) if (last.get(key) === work) last.delete(key)
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

/** A work under way. No other work waits for most of them, so most need no promise. */
class Work {
  #ended: Promise<void> | undefined
  #resolve: (() => void) | undefined

  ended(): Promise<void> {
    this.#ended ??= new Promise((resolve) => {
      this.#resolve = resolve
    })
    return this.#ended
  }

  end(): void {
    this.#resolve?.()
  }
}
