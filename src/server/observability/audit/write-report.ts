import type { Caller } from '../../../operations/operation-context.ts'
import type { AskedWrite, WriteEnd } from '../../../operations/write-record.ts'
import { tokenDigest } from '../../../upstream/client/credentials.ts'
import type { RequestContext } from '../../request-context.ts'
import { describedOperation } from '../described-operation.ts'
import { askedMembers, type WriteIdentity } from './asked-members.ts'

/** What is known of a write when it begins. */
export interface BegunWrite extends WriteIdentity {
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

export function begunWrite(context: RequestContext, asked: AskedWrite): BegunWrite {
  const { kind, name } = describedOperation(context.record, context.secrets)
  const begun = {
    kind,
    name,
    requestId: context.audience.requestId,
    traceId: context.span?.traceId ?? context.traceId,
    who: whoOf(context.record.caller),
    asked,
    secrets: context.secrets,
  }
  return { ...begun, auditMembers: askedMembers(begun) }
}

/** Who a caller is, for audit lines: the same text for the same token, from which the token cannot be found. */
function whoOf(caller: Caller): string {
  if ('refused' in caller) return 'nobody'
  const { credentials, name } = caller
  if (name !== undefined) return name
  return credentials.kind === 'TOKEN' ? `token:${tokenDigest(credentials).slice(0, 16)}` : 'nobody'
}
