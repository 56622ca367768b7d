import type { Logger } from 'pino'
import type { OperationReport } from './operation-report.ts'
import type { Reporter } from './reporting.ts'

/** One line per operation: what was asked, how it went, which calls it took. No variables, no tokens, no messages. */
export const logReporter = (log: Logger): Reporter => ({
  operation: (report) => {
    const { fields, text } = lineOf(report)
    if (report.errorCodes === undefined) log.info(fields, text)
    else log.warn(fields, text)
  },
})

function lineOf(report: OperationReport) {
  const { kind, name, fields, errorCodes, traceId, unknownValues } = report
  const durationMs = tenths(report.durationMs)
  const upstream = report.calls.map((call) => ({ ...call, durationMs: tenths(call.durationMs) }))
  return {
    text: [
      `${[kind, name ?? fields.join(', ')].filter(Boolean).join(' ')}: ${errorCodes?.join(', ') ?? 'ok'} in ${durationMs} ms`,
      ...upstream.map((call) =>
        [call.service, call.operation, call.status ?? 'no answer', call.errorCode].filter(Boolean).join(' '),
      ),
    ].join(' | '),
    fields: {
      requestId: report.requestId,
      ...(traceId !== undefined && { traceId }),
      kind,
      ...(name !== undefined && { operationName: name }),
      fields,
      durationMs,
      upstream,
      ...(errorCodes !== undefined && { errors: errorCodes }),
      ...(unknownValues.length > 0 && { unknownValues }),
    },
  }
}

const tenths = (milliseconds: number): number => Math.round(milliseconds * 10) / 10
