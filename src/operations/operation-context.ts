import { GatewayError } from '../errors/gateway-error.ts'
import type { NoteUnknown } from '../translation/vpc-channel-response.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { BeginWrite } from './recorded-write.ts'

/** Whose credentials an operation acts with, or why it may not act at all. */
export type Caller = { readonly token: string } | { readonly refused: 'TOKEN_MISSING' | 'TOKEN_INVALID' }

/** What one operation needs to know of the request it serves. */
export interface OperationContext extends Omit<CallContext, 'token'> {
  readonly caller: Caller
  /** The project of the header `X-Project-Id`, else the configured one. */
  readonly projectId: string | undefined
  readonly noteUnknown: NoteUnknown
  readonly beginWrite: BeginWrite
}

/** @throws {GatewayError} UNAUTHENTICATED, with nothing sent */
export function callContext(context: OperationContext): CallContext {
  const { caller } = context
  if ('refused' in caller) {
    throw new GatewayError('UNAUTHENTICATED', { reason: caller.refused, effect: 'NOT_APPLIED' })
  }
  return { ...context, token: caller.token }
}
