import type { Logger } from 'pino'
import type { GatewayError } from '../../errors/gateway-error.ts'
import type { WrittenInstance } from '../../operations/recorded-write.ts'
import type { CallRecord } from '../../upstream/call-context.ts'
import { isId } from '../../upstream/ids.ts'
import { lineWriter } from '../log/line-writer.ts'
import { callMembers } from './call-members.ts'
import type { Reporter } from './reporting.ts'
import { whoOf } from './who.ts'
import type { WriteReport } from './write-report.ts'

const MOST_INSTANCES = 500

/** Letters of any language: the cloud is laxer than its pages. Nothing that could pass for something else in a line. */
const NAME = /^[\p{L}\p{N}_.-]{1,64}$/u

/**
 * One line per write: who, what, where, what became of it. Of the input it shows a name and ids, and only what looks like
 * one; so does what it quotes as it is.
 */
export function auditReporter(log: Logger): Reporter {
  // A log turned down to errors must not hide who wrote what.
  if (log.level === 'silent') return {}
  const write = lineWriter(log)
  return {
    write: (report) => write('info', membersOf(report), `audit: ${report.asked.field} ${report.end.effect}`),
  }
}

function membersOf({ asked, end, caller, kind, name, refusedFor, requestId, traceId }: WriteReport): string {
  const trace = traceId === undefined ? '' : `,"traceId":"${traceId}"`
  const operationName = name === undefined ? '' : `,"operationName":"${name}"`
  const where = `"projectId":${shown(asked.projectId, isId)},"name":${shown(asked.name, isName)},"requested":${asked.instanceIds.length}`
  const instances = end.instances
    .slice(0, MOST_INSTANCES)
    .map((instance) => instanceOf(instance, end.error))
    .join(',')
  const error =
    refusedFor.length > 0 ? `,"error":${JSON.stringify({ code: refusedFor[0] })}` : codesOf(end.error)
  const upstream = end.calls.map((call: CallRecord) => `{${callMembers(call)}}`).join(',')
  return `"audit":true,"requestId":"${requestId}"${trace},"who":${JSON.stringify(whoOf(caller))},"kind":"${kind}"${operationName},"field":"${asked.field}",${where},"instances":[${instances}],"effect":"${end.effect}"${error},"upstream":[${upstream}]`
}

function instanceOf(
  { instanceId, outcome, effect, vpcChannelId, error }: WrittenInstance,
  ofAll: GatewayError | null,
): string {
  const channel = vpcChannelId !== undefined && isId(vpcChannelId) ? `,"vpcChannelId":"${vpcChannelId}"` : ''
  const own = error === ofAll ? '' : codesOf(error)
  return `{"instanceId":${shown(instanceId, isId)},"outcome":"${outcome}","effect":"${effect}"${channel}${own}}`
}

const isName = (text: string): boolean => NAME.test(text)

const shown = (text: string | null | undefined, isFit: (text: string) => boolean): string =>
  typeof text === 'string' && isFit(text) ? `"${text}"` : 'null'

const codesOf = (error: GatewayError | null): string =>
  error === null ? '' : `,"error":${JSON.stringify({ code: error.code, reason: error.reason })}`
