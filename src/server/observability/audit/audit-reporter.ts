import type { Logger } from 'pino'
import type { GatewayError } from '../../../errors/gateway-error.ts'
import { isId } from '../../../lib/ids.ts'
import type { WrittenInstance } from '../../../operations/write-record.ts'
import type { CallRecord } from '../../../upstream/client/call-context.ts'
import { lineWriter } from '../log/line-writer.ts'
import type { Reporter } from '../reporting.ts'
import { shown } from './asked-members.ts'
import type { BegunWrite, WriteReport } from './write-report.ts'

const MAX_INSTANCES = 500

/**
 * Two lines per write: who, what and where before its first REST call leaves, and what became of it at its end. Of the input
 * they show a name and ids, and only what looks like one.
 */
export function auditReporter(log: Logger): Reporter {
  // A log turned down to errors must not hide who wrote what.
  if (log.level === 'silent') return {}
  const { writeMembers, flush } = lineWriter(log)
  const write = (
    phase: 'begin' | 'end',
    { asked, auditMembers }: BegunWrite,
    more: object,
    what: string,
  ): void =>
    writeMembers(
      'info',
      `"audit":true,"phase":"${phase}",${auditMembers},${JSON.stringify(more).slice(1, -1)}`,
      `audit: ${asked.field} ${what}`,
    )
  return {
    writeBegins: (begun) => write('begin', begun, beginning(begun), 'begins'),
    write: (report) => write('end', report, ending(report), report.end.effect),
    flush,
  }
}

const beginning = (begun: BegunWrite): object => ({
  instances: begun.asked.instanceIds
    .slice(0, MAX_INSTANCES)
    .map((instanceId) => ({ instanceId: shown(instanceId, isId, begun) })),
})

const ending = (report: WriteReport): object => ({
  instances: report.end.instances.slice(0, MAX_INSTANCES).map((instance) => instanceOf(instance, report)),
  effect: report.end.effect,
  error: report.refusedFor.length > 0 ? { code: report.refusedFor[0] } : codesOf(report.end.error),
  interrupted: report.interrupted || undefined,
  upstream: report.end.calls.map(callOf),
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

const codesOf = (error: GatewayError | null): object | undefined =>
  error === null ? undefined : { code: error.code, reason: error.reason }
