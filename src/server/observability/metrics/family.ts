import { AggregatorRegistry } from 'prom-client'
import type { Labels, Series } from './series.ts'
import { BOUNDS, type Timing } from './timing.ts'

/*
 * prom-client builds a text for each observation to find its series: a microsecond for an operation and its
 * call. Counters of plain objects take less than half of that; prom-client prints them when they are scraped.
 */

/** One value of a metric as it is scraped. */
interface Sample {
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
  /** Where it differs from the metric's name. */
  readonly metricName?: string
}

/** A metric: its name, and the values it has when it is scraped. Values of the same labels are added up. */
export interface Family {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly read: () => readonly Sample[]
}

/** A number that only grows. */
export const counter = (name: string, help: string, series: Series<{ readonly count: number }>): Family => ({
  name,
  help,
  type: 'counter',
  read: () => Array.from(series.all(), ({ labels, state }) => ({ labels, value: state.count })),
})

/** Durations in seconds, by these of the series' labels. */
export const histogram = (
  name: string,
  help: string,
  series: Series<Timing>,
  labels: readonly string[],
): Family => ({
  name,
  help,
  type: 'histogram',
  read: () => Array.from(series.all()).flatMap((one) => samplesOf(name, only(one.labels, labels), one.state)),
})

const only = (labels: Labels, names: readonly string[]): Labels =>
  Object.fromEntries(names.map((name) => [name, labels[name] ?? '']))

function samplesOf(name: string, labels: Labels, { within, count, seconds }: Timing): Sample[] {
  let below = 0
  const buckets = BOUNDS.map((le, index) => {
    below += within[index] ?? 0
    return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: below }
  })
  return [
    ...buckets,
    { metricName: `${name}_bucket`, labels: { ...labels, le: '+Inf' }, value: count },
    { metricName: `${name}_sum`, labels, value: seconds },
    { metricName: `${name}_count`, labels, value: count },
  ]
}

/** The metrics as Prometheus reads them. */
export const expositionOf = (families: readonly Family[]): Promise<string> =>
  AggregatorRegistry.aggregate([
    families.map(({ read, ...family }) => ({ ...family, values: read(), aggregator: 'sum' })),
  ]).metrics()
