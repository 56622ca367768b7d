import { writes as allWrites } from '../../../operations/writes.ts'
import { ENUM_FIELDS } from '../../../vpc-channel/vpc-channel-response.ts'
import type { Reporter } from '../reporting.ts'
import { counter, expositionOf, type Family, histogram } from './family.ts'
import { createLabelValues } from './label-values.ts'
import { createSeries } from './series.ts'
import { Timing } from './timing.ts'

export interface GatewayMetrics {
  readonly reporter: Reporter
  /** All of them as Prometheus reads them. */
  readonly exposition: () => Promise<string>
}

const PREFIX = 'vpc_channel_gateway_'
const EFFECTS = ['APPLIED', 'NOT_APPLIED', 'PARTIAL', 'UNKNOWN'] as const

/** Counts what a gateway does. `states` are read at each scrape. */
export function createMetrics(states: readonly Family[]): GatewayMetrics {
  const label = createLabelValues()
  const count = () => ({ count: 0 })
  const operations = createSeries(['kind', 'operation', 'field', 'outcome'], () => new Timing())
  const calls = createSeries(['service', 'operation', 'status', 'error_code'], () => new Timing())
  const writes = createSeries(['field', 'effect'], count)
  const unknownValues = createSeries(['field'], count)
  // From the start, so that the first one is seen as an increase.
  for (const field of allWrites.keys()) for (const effect of EFFECTS) writes.at(field, effect)
  for (const field of ENUM_FIELDS) unknownValues.at(field)

  const families: readonly Family[] = [
    counter(`${PREFIX}operations_total`, 'GraphQL operations, by what became of them.', operations),
    histogram(`${PREFIX}operation_duration_seconds`, 'Durations of GraphQL operations.', operations, [
      'kind',
      'field',
    ]),
    counter(`${PREFIX}upstream_calls_total`, 'REST calls, by what was answered.', calls),
    histogram(`${PREFIX}upstream_call_duration_seconds`, 'Durations of REST calls.', calls, [
      'service',
      'operation',
    ]),
    counter(`${PREFIX}writes_total`, 'Writes, by whether they happened.', writes),
    counter(`${PREFIX}unknown_enum_values_total`, 'Enum values read that no table knows.', unknownValues),
    ...states.map((state) => ({ ...state, name: PREFIX + state.name })),
  ]
  return {
    reporter: {
      call: ({ service, operation, status, errorCode, durationMs }) =>
        calls
          .at(service, label.upstreamOperation(operation), label.status(status), label.vendorCode(errorCode))
          .add(durationMs / 1000),
      operation: (report) => {
        operations
          .at(report.kind, label.operation(report), label.field(report), label.outcome(report.outcome))
          .add(report.durationMs / 1000)
        for (const { field } of report.unknownValues) unknownValues.at(field).count += 1
      },
      write: ({ asked, end }) => {
        writes.at(asked.field, end.effect).count += 1
      },
    },
    exposition: () => expositionOf(families),
  }
}
