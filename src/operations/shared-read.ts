/**
 * A read that many callers share: each gets a result that was read after its call, and calls during a read share the next
 * read.
 */
export function sharedRead<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let running: Promise<void> | undefined
  let next: Promise<Result> | undefined
  const start = (): Promise<Result> => {
    const result = read()
    const ended: Promise<void> = result.then(ignore, ignore).then(() => {
      if (running === ended) running = undefined
    })
    running = ended
    return result
  }
  return () => {
    if (running === undefined) return start()
    next ??= running.then(() => {
      next = undefined
      return start()
    })
    return next
  }
}

const ignore = (): void => undefined
