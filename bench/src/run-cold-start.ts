import type { Bench } from './bench.ts'
import { startContender } from './running-contender.ts'
import { SHOWING } from './workloads.ts'

/** Milliseconds from a contender's start to its first answer, try by try. */
export interface ColdStartResult {
  readonly rows: readonly { readonly title: string; readonly startedInMs: readonly number[] }[]
}

/** Starts a new process of each contender in every round. */
export async function runColdStart({
  contenders,
  options,
  upstream,
  directory,
}: Bench): Promise<ColdStartResult> {
  const rows = contenders.map(({ title }) => ({ title, startedInMs: [] as number[] }))
  for (let round = 0; round < options.rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const exchange = contender.exchange(SHOWING)
      if (exchange === undefined) continue
      await using running = await startContender(contender, upstream.urls[0], exchange, directory)
      rows[index]?.startedInMs.push(running.startedInMs)
    }
  }
  return { rows }
}
