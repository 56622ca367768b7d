import type { Options } from './options.ts'
import type { ColdStartResult } from './run-cold-start.ts'
import type { MemoryResult } from './run-memory.ts'
import type { SteadyResult } from './run-steady.ts'
import type { TwoProcessesResult } from './run-two-processes.ts'
import { median } from './statistics.ts'
import { summaries } from './summary.ts'
import { table } from './table.ts'

/** Everything that a run has measured. */
export interface Results {
  readonly steady: readonly SteadyResult[]
  readonly coldStart: ColdStartResult | undefined
  readonly twoProcesses: TwoProcessesResult | undefined
  readonly memory: MemoryResult | undefined
}

export interface Circumstances {
  readonly date: string
  readonly machine: string
  readonly upstream: string
  readonly options: Options
  /** File name of the chart. */
  readonly chart: string
  /** Names of contenders that cannot run on this machine. */
  readonly missing: readonly string[]
}

/** The page of a run. */
export const report = (results: Results, circumstances: Circumstances): string =>
  `${[
    heading(circumstances),
    ...results.steady.map(steadySection),
    results.coldStart && coldStartSection(results.coldStart),
    results.twoProcesses && twoProcessesSection(results.twoProcesses),
    results.memory && memorySection(results.memory),
  ]
    .filter((section) => section !== undefined)
    .join('\n\n')}\n`

const heading = ({
  date,
  machine,
  upstream,
  options,
  chart,
  missing,
}: Circumstances): string => `# Cost per request, ${date}

![Processor time per request, as a multiple of bare Node's](${chart})

- Machine: ${machine}
- Upstream: ${upstream}, on the load's core
- Method: the server alone on core 0, wrk with 64 connections (unless said otherwise), the upstream and the harness on
  core 1; ${options.rounds} rounds of ${options.seconds} s, every round with all contenders in another order, each warm. CPU per request is
  the server process's own user and system time by the requests answered. Numbers are medians over the rounds, in
  brackets the lowest and the highest; × is the median of each round's ratio to bare Node. A failed request, a wrong
  answer, or more or fewer REST calls than the job takes ends the run.
- The gateway ran with \`NODE_ENV=production\`, \`LOG_LEVEL=info\` to \`/dev/null\`, metrics on, \`MAX_IN_FLIGHT=64\` and
  \`MAX_IN_FLIGHT_PER_CALLER=64\`: all connections carry one caller's token, whom 8 calls at once would keep waiting. The
  others write no log, check no rules and guard nothing.${
    missing.length > 0 ? `\n- Could not run here: ${missing.join(', ')}` : ''
  }${options.quick ? '\n- A quick run: good for seeing that it works, not for its numbers' : ''}`

function steadySection(result: SteadyResult): string {
  const { name, title, connections } = result.scenario
  const rows = summaries(result).map((one) => [
    one.title,
    `${one.cpuUs.toFixed(0)} (${one.lowestCpuUs.toFixed(0)}–${one.highestCpuUs.toFixed(0)})`,
    one.ratio === undefined ? '–' : one.ratio.toFixed(2),
    one.perSecond.toFixed(0),
    one.p50Ms.toFixed(1),
    one.p99Ms.toFixed(1),
    one.residentMb.toFixed(0),
  ])
  const head = ['', 'CPU per request, µs', '×', 'requests/s', 'p50, ms', 'p99, ms', 'memory, MB']
  const load =
    connections === 64 ? '' : `, ${connections === 1 ? 'one connection' : `${connections} connections`}`
  return `## ${name}\n\n${title}${load}\n\n${table(head, rows)}`
}

const coldStartSection = ({ rows }: ColdStartResult): string =>
  `## cold-start\n\nFrom the start of the process to its first answer\n\n${table(
    ['', 'ms'],
    rows.map(({ title, startedInMs }) => [title, median(startedInMs).toFixed(0)]),
  )}`

const twoProcessesSection = ({ rows, apart }: TwoProcessesResult): string =>
  `## two-processes\n\nThe \`mutation\` on one process and on two, each on a separate core${
    apart ? '' : ', which the load and the upstream share: requests per second cannot double here'
  }\n\n${table(
    ['', 'processes', 'requests/s', 'times one process', 'CPU per request, µs'],
    rows.map((row) => [
      row.title,
      String(row.processes),
      row.perSecond.toFixed(0),
      row.scale.toFixed(2),
      row.cpuUs.toFixed(0),
    ]),
  )}`

const memorySection = ({ rows, marks }: MemoryResult): string =>
  `## memory\n\nResident memory, in MB, after so many of \`mutation\`\n\n${table(
    ['', ...marks.map((mark) => mark.toLocaleString('en'))],
    rows.map(({ title, residentMb }) => [title, ...residentMb.map((megabytes) => megabytes.toFixed(0))]),
  )}`
