import { GatewayError } from '../errors/gateway-error.ts'
import type { CallContext } from '../upstream/client/call-context.ts'
import type { Credentials } from '../upstream/client/credentials.ts'
import type { NoteUnknown } from '../vpc-channel/row.ts'
import type { BeginWrite } from './write-record.ts'

/** An authenticated caller, and the credentials that operations use for it. */
export interface AdmittedCaller {
  readonly credentials: Credentials
  /** The caller's name, from its API key or JWT; `undefined` for one with a token of the cloud. */
  readonly name: string | undefined
}

/** Why a caller is not authenticated. */
export type AuthenticationFailure =
  | 'TOKEN_MISSING'
  | 'TOKEN_INVALID'
  | 'CALLER_UNKNOWN'
  | 'CALLER_CHECK_UNAVAILABLE'

export type Caller = AdmittedCaller | { readonly refused: AuthenticationFailure }

/** What one operation needs to know of the request it serves. */
export interface OperationContext extends Omit<CallContext, 'credentials' | 'caller'> {
  readonly caller: Caller
  /** The project of the header `X-Project-Id`, else the configured one. */
  readonly projectId: string | undefined
  readonly noteUnknown: NoteUnknown
  readonly beginWrite: BeginWrite
}

/** @throws {GatewayError} mostly UNAUTHENTICATED, with nothing sent */
export function callContext(context: OperationContext): CallContext {
  const { caller } = context
  if ('refused' in caller) throw refused(caller.refused)
  const { credentials, name } = caller
  return {
    credentials,
    caller: name ?? (credentials.kind === 'TOKEN' ? credentials.token : ''),
    language: context.language,
    deadline: context.deadline,
    signal: context.signal,
    record: context.record,
    beforeCall: context.beforeCall,
    trace: context.trace,
  }
}

const refused = (reason: AuthenticationFailure): GatewayError =>
  reason === 'CALLER_CHECK_UNAVAILABLE'
    ? new GatewayError('UPSTREAM_UNAVAILABLE', { reason, effect: 'NOT_APPLIED', transient: true })
    : new GatewayError('UNAUTHENTICATED', { reason, effect: 'NOT_APPLIED' })
