import type { SteadyResult } from './run-steady.ts'
import type { Sample } from './sample.ts'
import { median } from './statistics.ts'

/** A contender's medians over all rounds. */
export interface Summary extends Omit<Sample, 'requests'> {
  readonly name: string
  readonly title: string
  readonly lowestCpuUs: number
  readonly highestCpuUs: number
  /** Its processor time per request to that of bare Node in the same round; `undefined` where bare Node did not run. */
  readonly ratio: number | undefined
}

export function summaries({ rows }: SteadyResult): Summary[] {
  const bare = rows.find((row) => row.name === 'bare')
  return rows.map(({ name, title, samples }) => {
    const middle = (of: (one: Sample) => number): number => median(samples.map(of))
    const cpu = samples.map((one) => one.cpuUs)
    return {
      name,
      title,
      cpuUs: median(cpu),
      lowestCpuUs: Math.min(...cpu),
      highestCpuUs: Math.max(...cpu),
      ratio: bare && median(cpu.map((value, round) => value / (bare.samples[round]?.cpuUs ?? Number.NaN))),
      perSecond: middle((one) => one.perSecond),
      p50Ms: middle((one) => one.p50Ms),
      p99Ms: middle((one) => one.p99Ms),
      residentMb: middle((one) => one.residentMb),
    }
  })
}
