import type { Logger } from 'pino'
import type { GatewayError } from '../../errors/gateway-error.ts'
import type { WrittenInstance } from '../../operations/recorded-write.ts'
import type { CallRecord } from '../../upstream/call-context.ts'
import { isId } from '../../upstream/ids.ts'
import { lineWriter } from '../log/line-writer.ts'
import type { Reporter } from './reporting.ts'
import type { BegunWrite, WriteReport } from './write-report.ts'

const MAX_INSTANCES = 500

/** Letters of any language: the cloud is laxer than its pages. Nothing that could pass for something else in a line. */
const NAME = /^[\p{L}\p{N}_.-]{1,64}$/u

/**
 * Two lines per write: who, what and where before its first REST call leaves, and what became of it at its end. Of the input
 * they show a name and ids, and only what looks like one.
 */
export function auditReporter(log: Logger): Reporter {
  // A log turned down to errors must not hide who wrote what.
  if (log.level === 'silent') return {}
  const { write, flush } = lineWriter(log)
  return {
    writeBegins: (begun) => write('info', beginLine(begun)),
    write: (report) => write('info', endLine(report)),
    flush,
  }
}

const beginLine = (begun: BegunWrite): object => ({
  audit: true,
  phase: 'begin',
  ...asked(begun),
  instances: begun.asked.instanceIds
    .slice(0, MAX_INSTANCES)
    .map((instanceId) => ({ instanceId: shown(instanceId, isId, begun) })),
  msg: `audit: ${begun.asked.field} begins`,
})

const endLine = (report: WriteReport): object => ({
  audit: true,
  phase: 'end',
  ...asked(report),
  instances: report.end.instances.slice(0, MAX_INSTANCES).map((instance) => instanceOf(instance, report)),
  effect: report.end.effect,
  error: report.refusedFor.length > 0 ? { code: report.refusedFor[0] } : codesOf(report.end.error),
  interrupted: report.interrupted || undefined,
  upstream: report.end.calls.map(callOf),
  msg: `audit: ${report.asked.field} ${report.end.effect}`,
})

/** What is asked for, and by whom: the same in both lines. */
const asked = (begun: BegunWrite): object => ({
  requestId: begun.requestId,
  traceId: begun.traceId,
  who: begun.who,
  kind: begun.kind,
  operationName: begun.name,
  field: begun.asked.field,
  projectId: shown(begun.asked.projectId, isId, begun),
  name: shown(begun.asked.name, isName, begun),
  requested: begun.asked.instanceIds.length,
})

function instanceOf(instance: WrittenInstance, report: WriteReport): object {
  const { outcome, effect, vpcChannelId, error } = instance
  return {
    instanceId: shown(instance.instanceId, isId, report),
    outcome,
    effect,
    vpcChannelId: shown(vpcChannelId, isId, report) ?? undefined,
    error: error === report.end.error ? undefined : codesOf(error),
  }
}

const callOf = ({ service, operation, status, errorCode, requestId }: CallRecord): object => ({
  service,
  operation,
  status,
  errorCode,
  requestId,
})

const isName = (text: string): boolean => NAME.test(text)

const shown = (
  text: string | null | undefined,
  isFit: (text: string) => boolean,
  { secrets }: BegunWrite,
): string | null => (typeof text === 'string' && isFit(text) && !secrets.include(text) ? text : null)

const codesOf = (error: GatewayError | null): object | undefined =>
  error === null ? undefined : { code: error.code, reason: error.reason }
