import type { Bench } from './bench.ts'
import type { Results } from './report.ts'
import { runColdStart } from './run-cold-start.ts'
import { runMemory } from './run-memory.ts'
import { runSteady, type SteadyResult } from './run-steady.ts'
import { runTwoProcesses } from './run-two-processes.ts'
import { STEADY_SCENARIOS } from './steady-scenarios.ts'

const OTHERS = ['cold-start', 'two-processes', 'memory']

/**
 * Runs what the options ask for, by the contenders that they ask for.
 *
 * @throws {Error} for a name that nothing has
 */
export async function runScenarios(all: Bench): Promise<Results> {
  const { options, say } = all
  const names = [...STEADY_SCENARIOS.map(({ name }) => name), ...OTHERS]
  mustKnow('scenario', options.scenarios, names, named)
  const known = all.contenders.map(({ name }) => name)
  mustKnow('contender', options.only, known, named)

  const bench = {
    ...all,
    contenders: all.contenders.filter(({ name }) => options.only.length === 0 || options.only.includes(name)),
  }
  const isAsked = (name: string): boolean =>
    options.scenarios.length === 0 || options.scenarios.some((asked) => named(names, asked).includes(name))
  const ifAsked = async <Result>(name: string, measure: (bench: Bench) => Promise<Result>) => {
    if (!isAsked(name)) return undefined
    say(name)
    return measure(bench)
  }
  const steady: SteadyResult[] = []
  for (const scenario of STEADY_SCENARIOS) {
    const result = await ifAsked(scenario.name, () => runSteady(bench, scenario))
    if (result !== undefined && result.rows.length > 0) steady.push(result)
  }
  return {
    steady,
    coldStart: await ifAsked('cold-start', runColdStart),
    twoProcesses: await ifAsked('two-processes', runTwoProcesses),
    memory: await ifAsked('memory', runMemory),
  }
}

/** The scenario of that name, or those whose names begin with it: `members` means `members-10` and so on. */
const named = (names: readonly string[], asked: string): readonly string[] =>
  names.includes(asked) ? [asked] : names.filter((name) => name.startsWith(`${asked}-`))

function mustKnow(
  what: string,
  asked: readonly string[],
  known: readonly string[],
  matching: (names: readonly string[], asked: string) => readonly string[],
): void {
  const unknown = asked.filter((one) => matching(known, one).length === 0)
  if (unknown.length > 0) throw new Error(`no ${what} ${unknown.join(', ')}: there are ${known.join(', ')}`)
}
