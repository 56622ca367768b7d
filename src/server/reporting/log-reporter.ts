import type { Logger } from 'pino'
import type { CallRecord } from '../../upstream/call-context.ts'
import { lineWriter } from '../log/line-writer.ts'
import type { OperationReport } from './operation-report.ts'
import type { Reporter } from './reporting.ts'

/** One line per operation: what was asked, how it went, which calls it took. No variables, no tokens, no messages. */
export function logReporter(log: Logger): Reporter {
  const write = lineWriter(log)
  return {
    operation: (report) => {
      const level = report.errorCodes === undefined ? 'info' : 'warn'
      if (!log.isLevelEnabled(level)) return
      const line = lineOf(report)
      write(level, line, textOf(line))
    },
  }
}

/** What is `undefined` is left out of the line. */
const lineOf = (report: OperationReport) => ({
  requestId: report.requestId,
  traceId: report.traceId,
  kind: report.kind,
  operationName: report.name,
  fields: report.fields,
  durationMs: tenths(report.durationMs),
  upstream: report.calls.map(rounded),
  errors: report.errorCodes,
  unknownValues: report.unknownValues.length > 0 ? report.unknownValues : undefined,
})

const rounded = ({
  service,
  operation,
  status,
  errorCode,
  requestId,
  durationMs,
}: CallRecord): CallRecord => ({
  service,
  operation,
  status,
  errorCode,
  requestId,
  durationMs: tenths(durationMs),
})

function textOf({
  kind,
  operationName,
  fields,
  errors,
  durationMs,
  upstream,
}: ReturnType<typeof lineOf>): string {
  const asked = operationName ?? fields.join(', ')
  let text = `${kind}${asked && ` ${asked}`}: ${errors?.join(', ') ?? 'ok'} in ${durationMs} ms`
  for (const { service, operation, status, errorCode } of upstream) {
    text += ` | ${service} ${operation} ${status ?? 'no answer'}${errorCode ? ` ${errorCode}` : ''}`
  }
  return text
}

const tenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10
