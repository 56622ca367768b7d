import { ExportResultCode } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Logger } from 'pino'
import { hasProxy, type Proxies } from '../../../upstream/http/proxies.ts'
import { operationSpans } from './spans.ts'
import type { Tracing } from './tracing.ts'

/** How many traces are recorded, in the words of `OTEL_TRACES_SAMPLER`. */
export interface Sampling {
  readonly sampler:
    | 'always_on'
    | 'always_off'
    | 'traceidratio'
    | 'parentbased_always_on'
    | 'parentbased_always_off'
    | 'parentbased_traceidratio'
  readonly ratio: number
  /** Milliseconds that sending of spans may take, and thereby delay the end of the process. */
  readonly timeoutMs: number
}

export interface TracingSettings extends Sampling {
  /** Where spans go, where it is not what the exporter reads of the environment. */
  readonly url?: string
  /** On the way to the collector. */
  readonly proxies?: Proxies | undefined
  /** Milliseconds that a span waits for others to be sent with. */
  readonly delayMs?: number
}

/** Sends spans by OTLP over HTTP. This file is loaded only where tracing is on: it brings the whole SDK. */
export function startTracing(settings: TracingSettings, log: Logger): Tracing {
  const { url, timeoutMs: timeoutMillis } = settings
  const exporter = new OTLPTraceExporter({
    timeoutMillis,
    ...(url !== undefined && { url }),
    ...(hasProxy(settings.proxies) && {
      httpAgentOptions: { keepAlive: true, proxyEnv: proxyEnvOf(settings.proxies) },
    }),
  })
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'vpc-channel-gateway' }))
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(settings),
    spanLimits: { attributeValueLengthLimit: 256 },
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: telling(exporter, log),
        ...(settings.delayMs !== undefined && { scheduledDelayMillis: settings.delayMs }),
      }),
    ],
  })
  return {
    begin: operationSpans(provider.getTracer('vpc-channel-gateway')),
    // The exporter has logged what could not be sent.
    stop: () => provider.shutdown().catch(() => undefined),
  }
}

/** Node takes no proxy of HTTP for HTTPS, as undici does. */
const proxyEnvOf = ({ https, http, none }: Proxies) => ({
  HTTPS_PROXY: https || http,
  HTTP_PROXY: http,
  NO_PROXY: none,
})

function samplerOf({ sampler, ratio }: Sampling): Sampler {
  const root = sampler.endsWith('always_off')
    ? new AlwaysOffSampler()
    : sampler.endsWith('traceidratio')
      ? new TraceIdRatioBasedSampler(ratio)
      : new AlwaysOnSampler()
  return sampler.startsWith('parentbased') ? new ParentBasedSampler({ root }) : root
}

/** An exporter that says when it begins to fail, and when it can send again. */
function telling(exporter: OTLPTraceExporter, log: Logger): SpanExporter {
  let failing = false
  return {
    export: (spans, done) =>
      exporter.export(spans, (result) => {
        const failed = result.code !== ExportResultCode.SUCCESS
        if (failed && !failing) log.warn({ error: result.error?.name }, 'spans cannot be sent')
        if (!failed && failing) log.info('spans are sent again')
        failing = failed
        done(result)
      }),
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  }
}
