/** Tells how many milliseconds of processor time this process has taken since: what a busy machine does for others does not count. */
export function processorClock(): () => number {
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 1_000
  }
}
