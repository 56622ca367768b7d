import type { Bench } from './bench.ts'
import { BARE, type Contender, OURS } from './contenders.ts'
import { LOAD_CORE } from './cores.ts'
import { startContender } from './running-contender.ts'
import { type Measured, type Sample, sample } from './sample.ts'
import type { SteadyScenario } from './steady-scenarios.ts'
import { warmUp } from './warm-up.ts'

/** The samples of each contender, round by round. */
export interface SteadyResult {
  readonly scenario: SteadyScenario
  readonly rows: readonly {
    readonly name: string
    readonly title: string
    readonly samples: readonly Sample[]
  }[]
}

/** Of a round's time, so many seconds go before those that count. */
const AGAIN_WARM_SECONDS = 1

/** All contenders of a scenario in rounds, each round in another order: what disturbs the machine meets all of them. */
export async function runSteady(bench: Bench, scenario: SteadyScenario): Promise<SteadyResult> {
  const { options, upstream, directory } = bench
  await using running = new AsyncDisposableStack()
  const measured: (Measured & {
    readonly contender: Contender
    readonly samples: Sample[]
    pauseMs: number
  })[] = []
  for (const contender of contendersOf(bench, scenario)) {
    const exchange = contender.exchange(scenario.workload)
    if (exchange === undefined) continue
    const url = scenario.isSecure ? upstream.secureUrl : upstream.urls[scenario.delayMs]
    const one = running.use(await startContender(contender, url, exchange, directory))
    measured.push({
      contender,
      running: [one],
      exchange,
      calls: scenario.workload.calls,
      samples: [],
      pauseMs: 0,
    })
  }
  const load = { connections: scenario.connections, cores: LOAD_CORE }
  for (const one of measured) {
    await warmUp(one, upstream, load, directory, options.warmUpSeconds)
    if (scenario.utilization === undefined) continue
    const { perSecond } = await sample(one, upstream, { ...load, seconds: options.seconds }, directory)
    one.pauseMs = (1000 * load.connections) / (perSecond * scenario.utilization)
  }
  for (let round = 0; round < options.rounds; round += 1) {
    for (let turn = 0; turn < measured.length; turn += 1) {
      const one = measured[(turn + round) % measured.length]
      if (one === undefined) continue
      const paced = { ...load, pauseMs: one.pauseMs }
      await sample(one, upstream, { ...paced, seconds: AGAIN_WARM_SECONDS }, directory)
      one.samples.push(await sample(one, upstream, { ...paced, seconds: options.seconds }, directory))
    }
    bench.say(`  ${scenario.name}: round ${round + 1} of ${options.rounds}`)
  }
  return {
    scenario,
    rows: measured.map(({ contender, samples }) => ({
      name: contender.name,
      title: contender.title,
      samples,
    })),
  }
}

const contendersOf = ({ contenders }: Bench, scenario: SteadyScenario) =>
  scenario.contenders === 'all' ? contenders : contenders.filter((one) => one === OURS || one === BARE)
