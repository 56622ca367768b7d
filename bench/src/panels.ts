import type { Panel } from './chart.ts'
import type { SteadyResult } from './run-steady.ts'
import { summaries } from './summary.ts'

/** A panel for each scenario of all contenders, and one of this gateway in the others. */
export function panels(results: readonly SteadyResult[]): Panel[] {
  const [whole, others] = [true, false].map((wanted) =>
    results.filter(({ scenario }) => (scenario.contenders === 'all') === wanted),
  ) as [SteadyResult[], SteadyResult[]]
  return [
    ...whole.map((result) => ({ title: plain(result.scenario.title), bars: barsOf(result) })),
    {
      title: 'This gateway, other loads',
      bars: others.flatMap((result) =>
        barsOf(result)
          .filter((bar) => bar.isHighlighted)
          .map((bar) => ({ ...bar, label: result.scenario.name })),
      ),
    },
  ]
}

const barsOf = (result: SteadyResult) =>
  summaries(result).flatMap(({ name, title, ratio, cpuUs }) =>
    ratio === undefined
      ? []
      : [{ label: title, value: ratio, isHighlighted: name === 'ours', note: `${cpuUs.toFixed(0)} µs` }],
  )

const plain = (markdown: string): string => markdown.replaceAll('`', '')
