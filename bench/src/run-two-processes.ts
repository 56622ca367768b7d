import { availableParallelism } from 'node:os'
import type { Bench } from './bench.ts'
import { BARE, OURS } from './contenders.ts'
import { LOAD_CORE } from './cores.ts'
import { run } from './run-command.ts'
import { type RunningContender, startContender } from './running-contender.ts'
import { type Measured, type Sample, sample } from './sample.ts'
import { median } from './statistics.ts'
import { warmUp } from './warm-up.ts'
import { CREATING } from './workloads.ts'

/** Requests a second and processor time per request, of one process and of two. */
export interface TwoProcessesResult {
  readonly rows: readonly {
    readonly title: string
    readonly processes: number
    readonly perSecond: number
    readonly cpuUs: number
    /** Requests a second as a multiple of one process's in the same round. */
    readonly scale: number
  }[]
  /** Whether the load ran on other cores than the server. */
  readonly apart: boolean
}

const SERVER_CORES = ['0', '1'] as const
const CONNECTIONS = 64

/** The same load on one process and on two, each on its core; where there are but two cores, the load shares them. */
export async function runTwoProcesses(bench: Bench): Promise<TwoProcessesResult> {
  const { options, upstream, directory } = bench
  const apart = availableParallelism() >= 2 * SERVER_CORES.length
  const load = { connections: CONNECTIONS, cores: apart ? '2,3' : SERVER_CORES.join(',') }
  await pin(upstream.pid, load.cores)
  await using all = new AsyncDisposableStack()
  const measured: (Measured & { readonly title: string; readonly samples: Sample[] })[] = []
  for (const contender of bench.contenders.filter((one) => one === OURS || one === BARE)) {
    const exchange = contender.exchange(CREATING)
    if (exchange === undefined) continue
    for (const processes of [1, 2]) {
      const running: RunningContender[] = []
      for (const core of SERVER_CORES.slice(0, processes)) {
        running.push(all.use(await startContender(contender, upstream.urls[0], exchange, directory, core)))
      }
      const one = { title: contender.title, running, exchange, calls: CREATING.calls, samples: [] }
      await warmUp(one, upstream, load, directory, options.warmUpSeconds * processes)
      measured.push(one)
    }
  }
  for (let round = 0; round < options.rounds; round += 1) {
    for (const one of measured) {
      one.samples.push(await sample(one, upstream, { ...load, seconds: options.seconds }, directory))
    }
    bench.say(`  two-processes: round ${round + 1} of ${options.rounds}`)
  }
  await pin(upstream.pid, LOAD_CORE)
  const rows = measured.map(({ title, running, samples }) => {
    const alone = measured.find((one) => one.title === title && one.running.length === 1)
    return {
      title,
      processes: running.length,
      perSecond: median(samples.map((one) => one.perSecond)),
      cpuUs: median(samples.map((one) => one.cpuUs)),
      scale: median(
        samples.map(({ perSecond }, round) => perSecond / (alone?.samples[round]?.perSecond ?? Number.NaN)),
      ),
    }
  })
  return { rows, apart }
}

const pin = (pid: number, cores: string): Promise<string> =>
  run({ command: 'taskset', args: ['-acp', cores, String(pid)], cores: '0-1023' })
