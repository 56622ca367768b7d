import type { Logger } from 'pino'
import type { CallRecord } from '../../../upstream/client/call-context.ts'
import type { OperationReport } from '../operation-report.ts'
import type { Reporter } from '../reporting.ts'
import { lineWriter } from './line-writer.ts'

/**
 * One line per operation: what was asked, how it went, which calls it took. No variables, no tokens, no messages. All that it
 * quotes as it is are ids, names and codes, which have been checked to be of letters, digits and the like.
 */
export function logReporter(log: Logger): Reporter {
  const { writeMembers } = lineWriter(log)
  return {
    operation: (report) => {
      const level = report.errorCodes === undefined ? 'info' : 'warn'
      if (log.isLevelEnabled(level)) writeMembers(level, membersOf(report), messageOf(report))
    },
  }
}

function membersOf({
  requestId,
  traceId,
  logMembers,
  durationMs,
  calls,
  errorCodes,
  errorReasons,
  unknownValues,
}: OperationReport): string {
  const trace = traceId === undefined ? '' : `,"traceId":"${traceId}"`
  const upstream = calls.map(timedCall).join(',')
  const errors = errorCodes === undefined ? '' : `,"errors":${JSON.stringify(errorCodes)}`
  const reasons = errorReasons.length === 0 ? '' : `,"reasons":${JSON.stringify(errorReasons)}`
  const unknown = unknownValues.length === 0 ? '' : `,"unknownValues":${JSON.stringify(unknownValues)}`
  return `"requestId":"${requestId}"${trace},${logMembers},"durationMs":${tenths(durationMs)},"upstream":[${upstream}]${errors}${reasons}${unknown}`
}

/** A REST call as members of a JSON object. Names of operations are ours; codes and ids have been checked where they were read. */
const callMembers = ({ service, operation, status, errorCode, requestId }: CallRecord): string =>
  `"service":"${service}","operation":"${operation}","status":${status},"errorCode":${quoted(errorCode)},"requestId":${quoted(requestId)}`

const quoted = (text: string | null): string => (text === null ? 'null' : `"${text}"`)

const timedCall = (call: CallRecord): string =>
  `{${callMembers(call)}${call.detail === null ? '' : `,"detail":${JSON.stringify(call.detail)}`},"durationMs":${tenths(call.durationMs)}}`

function messageOf({ kind, name, fields, errorCodes, durationMs, calls }: OperationReport): string {
  const asked = name ?? fields.join(', ')
  const outcome = errorCodes === undefined ? 'ok' : JSON.stringify(errorCodes.join(', ')).slice(1, -1)
  let text = `${kind}${asked && ` ${asked}`}: ${outcome} in ${tenths(durationMs)} ms`
  for (const { service, operation, status, errorCode, detail } of calls) {
    text += ` | ${service} ${operation} ${status ?? 'no answer'}${errorCode ? ` ${errorCode}` : ''}`
    if (detail !== null) text += ` (${JSON.stringify(detail).slice(1, -1)})`
  }
  return text
}

const tenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10
