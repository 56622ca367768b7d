import type { UpstreamFailure } from '../upstream/upstream-failure.ts'
import type { ErrorReason } from './error-code.ts'
import { GatewayError } from './gateway-error.ts'
import type { FaultPath, ValidationFault } from './validation-fault.ts'
import { type Meaning, meaningOf } from './vendor-error-codes.ts'
import { namedParameter, publicMessage, type Quoted, quotedBy } from './vendor-message.ts'

/** What the error of a failed call depends on. */
export interface FailedCall {
  readonly kind: 'READ' | 'WRITE'
  /**
   * Path of a REST parameter in the GraphQL arguments; `null` where they do not have it. The words that the cloud's message
   * quotes select the item of a list.
   */
  readonly pathOf: (parameter: string, quoted: Quoted) => FaultPath | null
}

/** A read has no effect, and no input whose faults its error could name. */
export const FAILED_READ: FailedCall = { kind: 'READ', pathOf: () => null }

/** The error that a caller gets for a failed REST call. */
export function errorOfFailure(failure: UpstreamFailure, call: FailedCall): GatewayError {
  const meaning = forCaller(failure, meaningOfFailure(failure))
  const { status, errorCode, message, requestId } = failure.response
  return new GatewayError(meaning.code, {
    reason: meaning.reason ?? undefined,
    effect: call.kind === 'WRITE' ? meaning.effect : undefined,
    transient: meaning.transient,
    afterMs: failure.response.retryAfterMs ?? undefined,
    validation: faultsOf(meaning, message, call),
    upstream: {
      service: failure.service,
      operation: failure.operation,
      status,
      errorCode,
      // The gateway's login is not the caller's call: what IAM says of it may be about the gateway's credentials.
      message: failure.service === 'IAM' ? null : publicMessage(errorCode, message),
      requestId,
    },
    cause: failure,
  })
}

/** Marks a refusal of the gateway's credentials, so that callers do not look for the fault in their token or their input. */
function forCaller(failure: UpstreamFailure, meaning: Meaning): Meaning {
  if (failure.refusesGateway && meaning.code === 'UNAUTHENTICATED') {
    return { ...meaning, reason: 'GATEWAY_CREDENTIALS' }
  }
  if (failure.service !== 'IAM') return meaning
  // The gateway did not send the call that needed the login.
  const unsent = { ...meaning, effect: 'NOT_APPLIED', about: null } as const
  if (meaning.transient || meaning.code.startsWith('UPSTREAM_')) return unsent
  const isLocked = meaning.reason === 'ACCOUNT_LOCKED'
  return { ...unsent, code: 'UNAUTHENTICATED', reason: isLocked ? 'ACCOUNT_LOCKED' : 'GATEWAY_CREDENTIALS' }
}

function meaningOfFailure(failure: UpstreamFailure): Meaning {
  const { errorCode, status, isPage } = failure.response
  switch (failure.kind) {
    case 'REFUSED':
      // A page, and no error of an API: nothing at this endpoint knows the path.
      return meaningOf(isPage && status === 404 ? NO_SUCH_API : errorCode, status ?? 0)
    case 'NOT_CONFIGURED':
      return {
        code: 'FAILED_PRECONDITION',
        reason: 'ENDPOINT_NOT_SET',
        effect: 'NOT_APPLIED',
        transient: false,
        about: null,
      }
    case 'CIRCUIT_OPEN':
      return notAnswered('OVERLOADED', 'UPSTREAM_FAILING', false)
    case 'OVERLOADED':
      return notAnswered('OVERLOADED', null, failure.sent)
    case 'TOO_LONG':
      return { ...notAnswered('UPSTREAM_BAD_RESPONSE', 'ANSWER_TOO_LONG', true), transient: false }
    case 'UNREADABLE':
      return notAnswered('UPSTREAM_BAD_RESPONSE', 'UNREADABLE_ANSWER', true)
    case 'DISCONNECTED':
      return notAnswered('UPSTREAM_UNAVAILABLE', 'CONNECTION_LOST', true)
    case 'UNREACHABLE':
      return notAnswered('UPSTREAM_UNAVAILABLE', 'NOT_CONNECTED', false)
    case 'TIMEOUT':
    case 'ABANDONED':
      return notAnswered('UPSTREAM_TIMEOUT', null, failure.sent)
  }
}

const NO_SUCH_API = 'APIGW.0101'

const notAnswered = (code: Meaning['code'], reason: ErrorReason | null, sent: boolean): Meaning => ({
  code,
  reason,
  effect: sent ? 'UNKNOWN' : 'NOT_APPLIED',
  transient: true,
  about: null,
})

/** The part of the input that the error is about, if any. */
function faultsOf(
  { about }: Meaning,
  message: string | null,
  { pathOf }: FailedCall,
): ValidationFault[] | undefined {
  if (about === null) return undefined
  const quoted = quotedBy(message)
  const [own] = about.parameters.map((one) => pathOf(one, quoted)).filter((path) => path !== null)
  const parameter = namedParameter(message)
  const named = parameter === null ? null : pathOf(parameter, quoted)
  const path = named !== null && isWithin(named, own ?? []) ? named : own
  if (path === undefined) return undefined
  return [{ path, rule: about.rule, params: path === named ? { parameter } : {}, source: 'UPSTREAM' }]
}

const isWithin = (path: FaultPath, outer: FaultPath): boolean =>
  outer.every((segment, index) => path[index] === segment)
