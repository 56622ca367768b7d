/**
 * A read that many can ask for at once: each gets an answer that was read after it asked, and those that ask while a read is
 * under way share the next one.
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
