import type { AskedWrite, WriteEnd } from '../../operations/recorded-write.ts'
import type { RequestScope } from '../request-scope.ts'
import { type DescribedOperation, describedOperation } from './described-operation.ts'

/** What is known of one write at its end. */
export interface WriteReport extends Pick<DescribedOperation, 'kind' | 'name'> {
  readonly requestId: string
  readonly traceId: string | undefined
  readonly caller: RequestScope['caller']
  readonly asked: AskedWrite
  readonly end: WriteEnd
  /** The codes of the errors that kept it from beginning. */
  readonly refusedFor: readonly string[]
}

export function writeReportOf(
  scope: RequestScope,
  asked: AskedWrite,
  end: WriteEnd,
  refusedFor: readonly string[] = [],
): WriteReport {
  const { kind, name } = describedOperation(scope)
  return {
    kind,
    name,
    requestId: scope.audience.requestId,
    traceId: scope.span?.traceId ?? scope.traceId,
    caller: scope.caller,
    asked,
    end,
    refusedFor,
  }
}
