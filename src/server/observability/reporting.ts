import type { Logger } from 'pino'
import type { AskedWrite, WriteRecorder } from '../../operations/write-record.ts'
import type { CallRecord } from '../../upstream/client/call-context.ts'
import type { OperationRecord, RequestContext } from '../request-context.ts'
import { refusedEnd, refusedWrites } from './audit/refused-writes.ts'
import { type BegunWrite, begunWrite, type WriteReport } from './audit/write-report.ts'
import { interruptedEnd, WritesUnderWay } from './audit/writes-under-way.ts'
import type { OperationReport } from './operation-report.ts'
import { type ReportedResult, reportOf } from './report-of.ts'

/** Receives what happens, each at its end. */
export interface Reporter {
  readonly call?: (call: CallRecord) => void
  /** A write whose first REST call is about to leave. */
  readonly writeBegins?: (write: BegunWrite) => void
  readonly write?: (report: WriteReport) => void
  readonly operation?: (report: OperationReport) => void
  /** Hands what it has received to the operating system. */
  readonly flush?: () => void
}

/** What the pipeline and the resolvers report, for JSON responses and event streams. */
export interface Reporting {
  readonly called: (context: RequestContext, call: CallRecord) => void
  readonly beginWrite: (context: RequestContext, asked: AskedWrite) => WriteRecorder
  readonly ended: (context: RequestContext, result: ReportedResult) => void
}

/** @param interrupted aborted when the process ends before its writes have */
export function createReporting(
  reporters: readonly Reporter[],
  log: Logger,
  interrupted?: AbortSignal,
): Reporting {
  const onCall = reporters.flatMap(({ call }) => call ?? [])
  const onWrite = reporters.flatMap(({ write }) => write ?? [])
  const onWriteBegins = reporters.flatMap(({ writeBegins }) => writeBegins ?? [])
  const onFlush = reporters.flatMap(({ flush }) => flush ?? [])
  const onOperation = reporters.flatMap(({ operation }) => operation ?? [])

  /** A fault in a report is never a fault of the operation. */
  function notify<Event>(listeners: readonly ((event: Event) => void)[], event: Event): void {
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (err) {
        log.error({ err }, 'a report failed')
      }
    }
  }

  let turn: Promise<void> | undefined

  /** Ends when all writes that begin in this turn have been flushed, by one call of the system. */
  function flushed(): Promise<void> {
    turn ??= new Promise((resolve) => {
      process.nextTick(() => {
        turn = undefined
        notify(onFlush, undefined)
        resolve()
      })
    })
    return turn
  }

  const underWay = new WritesUnderWay()
  interrupted?.addEventListener('abort', () => {
    for (const one of underWay.all()) {
      notify(onWrite, { ...one.begun, end: interruptedEnd(one), refusedFor: [], interrupted: true })
    }
  })

  return {
    called: (context, call) => {
      context.record.calls.push(call)
      notify(onCall, call)
    },
    beginWrite: (context, asked) => {
      const write: OperationRecord['writes'][number] = { asked, end: undefined }
      context.record.writes.push(write)
      const begun = begunWrite(context, asked)
      const one = underWay.add(begun, context.record.calls)
      let hasFlushed: Promise<void> | undefined
      return {
        begin: () => {
          if (hasFlushed === undefined) {
            one.hasBegun = true
            notify(onWriteBegins, begun)
            hasFlushed = flushed()
          }
          return hasFlushed
        },
        end: (end) => {
          write.end = end
          underWay.remove(one)
          notify(onWrite, { ...begun, end, refusedFor: [], interrupted: false })
        },
      }
    },
    ended: (context, result) => {
      const report = reportOf(context, result)
      for (const asked of refusedWrites(context)) {
        const refusedFor = report.errorCodes ?? []
        notify(onWrite, {
          ...begunWrite(context, asked),
          end: refusedEnd(asked),
          refusedFor,
          interrupted: false,
        })
      }
      notify(onOperation, report)
      if (context.span !== undefined) notify([context.span.end], report)
    },
  }
}
