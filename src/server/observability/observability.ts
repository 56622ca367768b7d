import type { Logger } from 'pino'
import type { UpstreamServices } from '../../operations/upstream-services.ts'
import { createMetrics } from './metrics/gateway-metrics.ts'
import { type MetricsServerSettings, processMetrics, startMetricsServer } from './metrics/metrics-server.ts'
import { buildInfo, logLines, upstreamGauges } from './metrics/state-gauges.ts'
import type { Reporter } from './reporting.ts'
import type { TracingSettings } from './tracing/start-tracing.ts'
import type { Tracing } from './tracing/tracing.ts'

/** What a gateway is observed by, besides its log. */
export interface Observability {
  readonly reporters: readonly Reporter[]
  readonly tracing: Tracing | undefined
}

interface RunningObservability extends Observability {
  readonly metricsUrl: string | undefined
  readonly stop: () => Promise<void>
}

export interface ObservabilitySettings {
  /** Where metrics are scraped; `undefined`: no metrics. */
  readonly metrics: MetricsServerSettings | undefined
  readonly tracing: TracingSettings | undefined
  readonly state: UpstreamServices['state']
  /** How many lines the log has lost. */
  readonly lostLines?: () => number
  readonly version: string
  readonly mode: string
  readonly log: Logger
}

export async function startObservability(settings: ObservabilitySettings): Promise<RunningObservability> {
  const { version, mode, log } = settings
  const tracing =
    settings.tracing && (await import('./tracing/start-tracing.ts')).startTracing(settings.tracing, log)
  const metrics =
    settings.metrics &&
    createMetrics([
      ...upstreamGauges(settings.state),
      logLines(settings.lostLines ?? (() => 0)),
      buildInfo({ version, mode }),
    ])
  const server =
    settings.metrics &&
    metrics &&
    (await startMetricsServer([metrics.exposition, processMetrics], settings.metrics))
  return {
    reporters: metrics ? [metrics.reporter] : [],
    tracing,
    metricsUrl: server?.url,
    stop: async () => {
      await tracing?.stop()
      await server?.stop()
    },
  }
}
