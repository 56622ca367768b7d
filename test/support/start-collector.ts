import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

/** A span as it was sent, its attributes by name. */
export interface SentSpan {
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId: string | undefined
  /** 2: server, 3: client. */
  readonly kind: number
  readonly attributes: Readonly<Record<string, unknown>>
  /** 2: error. */
  readonly status: number
  readonly milliseconds: number
  readonly resource: Readonly<Record<string, unknown>>
}

export interface Collector extends AsyncDisposable {
  readonly url: string
  readonly spans: readonly SentSpan[]
  /** Everything that came, headers too. */
  readonly received: readonly unknown[]
}

// biome-ignore lint/suspicious/noExplicitAny: JSON of OTLP, looked into where the specification says
type Json = any

const valuesOf = (attributes: Json): Record<string, unknown> =>
  Object.fromEntries(
    (attributes ?? []).map(({ key, value }: Json) => [key, Object.values(value)[0]] as const),
  )

/** Takes OTLP over HTTP as JSON, as an OpenTelemetry collector does. */
export async function startCollector({ status = 200 } = {}): Promise<Collector> {
  const spans: SentSpan[] = []
  const received: unknown[] = []
  const server = createServer(async (request, response) => {
    const body = (await json(request)) as Json
    received.push({ path: request.url, headers: request.headers, body })
    for (const { resource, scopeSpans } of body.resourceSpans) {
      for (const span of scopeSpans.flatMap((scope: Json) => scope.spans)) {
        const [from, to] = [span.startTimeUnixNano, span.endTimeUnixNano].map(BigInt)
        spans.push({
          name: span.name,
          traceId: span.traceId,
          spanId: span.spanId,
          parentSpanId: span.parentSpanId,
          kind: span.kind,
          attributes: valuesOf(span.attributes),
          status: span.status?.code ?? 0,
          milliseconds: Number((to ?? 0n) - (from ?? 0n)) / 1e6,
          resource: valuesOf(resource.attributes),
        })
      }
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
