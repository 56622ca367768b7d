import { availableParallelism } from 'node:os'
import type { Bench } from './bench.ts'
import { BARE, type Contender, OURS } from './contenders.ts'
import { LOAD_CORE } from './cores.ts'
import { run } from './run-command.ts'
import { type RunningContender, startContender } from './running-contender.ts'
import { type Sample, sample } from './sample.ts'
import { median } from './statistics.ts'
import { warmUp } from './warm-up.ts'
import { CREATING, type Exchange } from './workloads.ts'

/** Requests a second and processor time per request, of one process and of two. */
export interface TwoProcessesResult {
  readonly rows: readonly {
    readonly title: string
    readonly processes: number
    readonly perSecond: number
    readonly cpuUs: number
  }[]
  /** Whether the load had cores of its own. */
  readonly apart: boolean
}

const SERVER_CORES = ['0', '1'] as const
const CONNECTIONS = 64

/** The same load on one process and on two, each on its core; where there are but two cores, the load shares them. */
export async function runTwoProcesses(bench: Bench): Promise<TwoProcessesResult> {
  const apart = availableParallelism() >= 2 * SERVER_CORES.length
  const loadCores = apart ? '2,3' : SERVER_CORES.join(',')
  const rows: TwoProcessesResult['rows'][number][] = []
  await pin(bench.upstream.pid, loadCores)
  for (const contender of bench.contenders.filter((one) => one === OURS || one === BARE)) {
    for (const processes of [1, 2]) {
      const exchange = contender.exchange(CREATING)
      if (exchange === undefined) continue
      const samples = await measure(bench, contender, exchange, processes, loadCores)
      rows.push({
        title: contender.title,
        processes,
        perSecond: median(samples.map((one) => one.perSecond)),
        cpuUs: median(samples.map((one) => one.cpuUs)),
      })
    }
  }
  await pin(bench.upstream.pid, LOAD_CORE)
  return { rows, apart }
}

async function measure(
  { upstream, directory, options }: Bench,
  contender: Contender,
  exchange: Exchange,
  processes: number,
  cores: string,
): Promise<Sample[]> {
  await using all = new AsyncDisposableStack()
  const running: RunningContender[] = []
  for (const core of SERVER_CORES.slice(0, processes)) {
    running.push(all.use(await startContender(contender, upstream.urls[0], exchange, directory, core)))
  }
  const measured = { running, exchange, calls: CREATING.calls }
  const load = { connections: CONNECTIONS, cores }
  await warmUp(measured, upstream, load, directory, options.warmUpSeconds * processes)
  const samples: Sample[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    samples.push(await sample(measured, upstream, { ...load, seconds: options.seconds }, directory))
  }
  return samples
}

const pin = (pid: number, cores: string): Promise<string> =>
  run({ command: 'taskset', args: ['-acp', cores, String(pid)], cores: '0-1023' })
