import type { Logger } from 'pino'
import type { GatewayError } from '../../errors/gateway-error.ts'
import type { CallRecord } from '../../upstream/call-context.ts'
import { isId } from '../../upstream/ids.ts'
import { lineWriter } from '../log/line-writer.ts'
import type { Reporter } from './reporting.ts'
import { whoOf } from './who.ts'
import type { WriteReport } from './write-report.ts'

const MOST_INSTANCES = 500

/** Letters of any language: the cloud is laxer than its pages. Nothing that could pass for something else in a line. */
const NAME = /^[\p{L}\p{N}_.-]{1,64}$/u

/** One line per write: who, what, where, what became of it. Of the input it shows a name and ids, and only what looks like one. */
export function auditReporter(log: Logger): Reporter {
  // A log turned down to errors must not hide who wrote what.
  if (log.level === 'silent') return {}
  const write = lineWriter(log)
  return {
    write: (report) => write('info', lineOf(report), `audit: ${report.asked.field} ${report.end.effect}`),
  }
}

/** What is `undefined` is left out of the line. */
const lineOf = ({ asked, end, caller, kind, name, refusedFor, requestId, traceId }: WriteReport) => ({
  audit: true,
  requestId,
  traceId,
  who: whoOf(caller),
  kind,
  operationName: name,
  field: asked.field,
  projectId: shown(asked.projectId, isId),
  name: shown(asked.name, isName),
  requested: asked.instanceIds.length,
  instances: end.instances.slice(0, MOST_INSTANCES).map((instance) => ({
    instanceId: shown(instance.instanceId, isId),
    outcome: instance.outcome,
    effect: instance.effect,
    vpcChannelId: shown(instance.vpcChannelId, isId) ?? undefined,
    error: instance.error === end.error ? undefined : codesOf(instance.error),
  })),
  effect: end.effect,
  error: refusedFor.length > 0 ? { code: refusedFor[0] } : codesOf(end.error),
  upstream: end.calls.map(withoutDuration),
})

const withoutDuration = ({ service, operation, status, errorCode, requestId }: CallRecord) => ({
  service,
  operation,
  status,
  errorCode,
  requestId,
})

const isName = (text: string): boolean => NAME.test(text)

const shown = (text: string | null | undefined, isFit: (text: string) => boolean): string | null =>
  typeof text === 'string' && isFit(text) ? text : null

const codesOf = (error: GatewayError | null) =>
  error === null ? undefined : { code: error.code, reason: error.reason }
