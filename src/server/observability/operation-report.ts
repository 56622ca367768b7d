import type { CallRecord } from '../../upstream/client/call-context.ts'
import type { DescribedOperation } from './described-operation.ts'

/** An enum value of the cloud's that no table has, by REST field: its form, never its text. */
export interface UnknownValue {
  readonly field: string
  readonly form: string
}

/** What is known of an operation at its end: all that log, metrics and traces have of it. No variables, no tokens. */
export interface OperationReport extends Omit<DescribedOperation, 'writes'> {
  readonly requestId: string
  readonly traceId: string | undefined
  /** Whether the document was valid, so that its names are those of the schema. */
  readonly ran: boolean
  /** `ok`, `partial` where there is data and a failure, else the code of the first error. */
  readonly outcome: string
  /** The codes of all errors; `undefined` where there are none. */
  readonly errorCodes: readonly string[] | undefined
  /** Their reasons, each once; where every instance of a batch failed, those of all instances. */
  readonly errorReasons: readonly string[]
  readonly durationMs: number
  readonly calls: readonly CallRecord[]
  readonly unknownValues: readonly UnknownValue[]
}
