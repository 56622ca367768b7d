import type { AskedWrite, WriteEnd } from '../../operations/recorded-write.ts'
import type { RequestScope } from '../request-scope.ts'
import { askedMembers } from './asked-members.ts'
import { type DescribedOperation, describedOperation } from './described-operation.ts'
import { whoOf } from './who.ts'

/** What is known of a write when it begins. */
export interface BegunWrite extends Pick<DescribedOperation, 'kind' | 'name'> {
  readonly requestId: string
  readonly traceId: string | undefined
  readonly who: string
  readonly asked: AskedWrite
  readonly secrets: RequestScope['secrets']
  /** What both audit lines say of it, as members of a JSON object. */
  readonly auditMembers: string
}

/** What is known of one write at its end. */
export interface WriteReport extends BegunWrite {
  readonly end: WriteEnd
  /** The codes of the errors that kept it from beginning. */
  readonly refusedFor: readonly string[]
  /** Whether the process ends before the write has ended. */
  readonly interrupted: boolean
}

export function begunWrite(scope: RequestScope, asked: AskedWrite): BegunWrite {
  const { kind, name } = describedOperation(scope)
  const begun = {
    kind,
    name,
    requestId: scope.audience.requestId,
    traceId: scope.span?.traceId ?? scope.traceId,
    who: whoOf(scope.caller),
    asked,
    secrets: scope.secrets,
  }
  return { ...begun, auditMembers: askedMembers(begun) }
}
