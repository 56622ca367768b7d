import type { Logger } from 'pino'
import type { AskedWrite, BeginWrite } from '../../operations/recorded-write.ts'
import type { CallRecord } from '../../upstream/call-context.ts'
import type { RequestScope } from '../request-scope.ts'
import { type Answer, type OperationReport, reportOf } from './operation-report.ts'
import { refusedEnd, refusedWrites } from './refused-writes.ts'
import { type WriteReport, writeReportOf } from './write-report.ts'

/** Told of what happens, each at its end. */
export interface Reporter {
  readonly call?: (call: CallRecord) => void
  readonly write?: (report: WriteReport) => void
  readonly operation?: (report: OperationReport) => void
}

/** What whoever serves an operation tells, whichever way it is served. */
export interface Reporting {
  readonly called: (scope: RequestScope, call: CallRecord) => void
  readonly beginWrite: (scope: RequestScope, asked: AskedWrite) => ReturnType<BeginWrite>
  readonly ended: (scope: RequestScope, answer: Answer) => void
}

export function createReporting(reporters: readonly Reporter[], log: Logger): Reporting {
  const onCall = reporters.flatMap(({ call }) => call ?? [])
  const onWrite = reporters.flatMap(({ write }) => write ?? [])
  const onOperation = reporters.flatMap(({ operation }) => operation ?? [])

  /** A fault in a report is never a fault of the operation. */
  function tell<Told>(listeners: readonly ((told: Told) => void)[], told: Told): void {
    for (const listener of listeners) {
      try {
        listener(told)
      } catch (err) {
        log.error({ err }, 'a report failed')
      }
    }
  }

  return {
    called: (scope, call) => {
      scope.calls.push(call)
      tell(onCall, call)
    },
    beginWrite: (scope, asked) => {
      const write: RequestScope['writes'][number] = { asked, end: undefined }
      scope.writes.push(write)
      return (end) => {
        write.end = end
        tell(onWrite, writeReportOf(scope, asked, end))
      }
    },
    ended: (scope, answer) => {
      const report = reportOf(scope, answer)
      for (const asked of refusedWrites(scope)) {
        tell(onWrite, writeReportOf(scope, asked, refusedEnd(asked), report.errorCodes))
      }
      tell(onOperation, report)
    },
  }
}
