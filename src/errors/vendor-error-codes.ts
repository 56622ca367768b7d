import type { Effect, ErrorCode, ErrorReason } from './error-code.ts'
import { isUpstreamRule, type UpstreamRule } from './validation-fault.ts'

/** What an error answer means for the caller. */
export interface Meaning {
  readonly code: ErrorCode
  readonly reason: ErrorReason | null
  /** Whether a write happened; without meaning for a read. */
  readonly effect: Extract<Effect, 'NOT_APPLIED' | 'UNKNOWN'>
  /** Whether the same call can succeed later. */
  readonly transient: boolean
  /** The part of the input that the error is about, if any. */
  readonly about: Subject | null
}

/** The part of an input that an error is about, and what is wrong with it. */
interface Subject {
  readonly rule: UpstreamRule
  /** Candidates among the REST parameters: the first that the write has. Empty where only the message names the parameter. */
  readonly parameters: readonly string[]
}

type Verdict = Pick<Meaning, 'effect' | 'transient'>

/** The cloud examined the request and refused it. */
const refused: Verdict = { effect: 'NOT_APPLIED', transient: false }
/** The cloud did not execute the request now, and may do so later. */
const tryLater: Verdict = { effect: 'NOT_APPLIED', transient: true }
/** The cloud failed while it executed the request: the write may have happened. */
const unclear: Verdict = { effect: 'UNKNOWN', transient: true }

/** A parameter that the message names counts if it is one of these or within one. `[]` is one item of a list. */
const named: readonly string[] = []
const name = ['name']
const type = ['type']
const members = ['members']
const cloudServer = ['members[].ecs_id']
const microservice = ['microservice_info']
const instance = ['instance_id', 'instance_ids[]']

type Row = readonly [
  vendorCode: string,
  documentedStatus: number,
  code: ErrorCode,
  reason: ErrorReason | null,
  verdict: Verdict,
  // the REST parameters it is about; its reason is the rule that the parameter breaks
  ...about: [] | [parameters: readonly string[], rule?: UpstreamRule],
]

/**
 * The vendor's error codes, one row each. The code decides, whatever the status; the status selects only among several rows
 * of one code.
 */
export const VENDOR_ERROR_CODES: readonly Row[] = [
  ['APIG.2000', 400, 'BAD_USER_INPUT', null, refused, named, 'INVALID_VALUE'], // a parameter or the JSON itself is wrong
  ['APIG.2001', 400, 'BAD_USER_INPUT', 'REQUIRED', refused, named], // a mandatory parameter is missing (named in the message)
  ['APIG.2002', 400, 'BAD_USER_INPUT', 'TOO_SMALL', refused, named], // value below its minimum
  ['APIG.2003', 400, 'BAD_USER_INPUT', 'TOO_LARGE', refused, named], // value above its maximum
  ['APIG.2004', 400, 'BAD_USER_INPUT', 'OUT_OF_RANGE', refused, named], // value outside the allowed range
  ['APIG.2005', 400, 'BAD_USER_INPUT', 'TOO_SHORT', refused, named], // text too short
  ['APIG.2006', 400, 'BAD_USER_INPUT', 'TOO_LONG', refused, named], // text too long
  ['APIG.2007', 400, 'BAD_USER_INPUT', 'LENGTH', refused, named], // wrong length
  ['APIG.2008', 400, 'BAD_USER_INPUT', 'CHARSET', refused, named], // only letters
  ['APIG.2009', 400, 'BAD_USER_INPUT', 'CHARSET', refused, named], // only digits
  ['APIG.2010', 400, 'BAD_USER_INPUT', 'CHARSET', refused, named], // only letters and digits
  ['APIG.2011', 400, 'BAD_USER_INPUT', 'INVALID_VALUE', refused, named], // value breaks its rule (the ROMA page shows it for a missing name)
  ['APIG.2012', 400, 'BAD_USER_INPUT', 'INVALID_VALUE', refused, named], // value breaks its rule
  ['APIG.2013', 400, 'BAD_USER_INPUT', 'CHARSET', refused, named], // only letters digits hyphen underscore
  ['APIG.2015', 400, 'BAD_USER_INPUT', 'INVALID_IP', refused, named], // not an IP address
  ['APIG.2025', 400, 'BAD_USER_INPUT', 'INVALID_PORT', refused, named], // not a port
  ['APIG.2041', 400, 'BAD_USER_INPUT', 'INVALID_MICROSERVICE', refused, microservice], // microservice not found or not usable
  ['APIG.2042', 400, 'BAD_USER_INPUT', 'INVALID_ENGINE', refused, microservice], // microservice engine not usable
  ['APIG.2048', 400, 'BAD_USER_INPUT', 'INVALID_MICROSERVICE', refused, microservice], // Nacos settings of a microservice channel are wrong
  ['APIG.2108', 400, 'FAILED_PRECONDITION', 'MICROSERVICE_UNAVAILABLE', tryLater, microservice], // microservice cannot be reached now
  ['APIG.3208', 400, 'CONFLICT', 'CHANNEL_NAME_TAKEN', refused, name], // a channel of that name exists on the instance
  ['APIG.3309', 400, 'CONFLICT', 'ALREADY_DONE', refused], // the operation was already performed
  ['APIG.3330', 400, 'CONFLICT', 'MICROSERVICE_BOUND', refused, microservice], // channel already bound to a microservice
  ['APIG.3710', 400, 'CONFLICT', 'CHANNEL_IN_USE', refused], // used by a third-party authorizer plug-in
  ['APIG.1119', 400, 'FORBIDDEN', null, refused], // no permission (answered as 400)
  ['APIG.1120', 400, 'FORBIDDEN', null, refused, type, 'FORBIDDEN'], // no permission for ELB channels (answered as 400)
  ['APIG.1201', 400, 'FORBIDDEN', null, refused], // resources of different tenants (answered as 400)
  ['APIC.7211', 400, 'BAD_USER_INPUT', 'INVALID_VALUE', refused, named], // parameter breaks its rule
  ['ROMA.00013000', 400, 'BAD_USER_INPUT', 'INVALID_VALUE', refused, named], // ROMA's own instance list: parameter breaks its rule
  ['ROMA.13000', 400, 'BAD_USER_INPUT', 'INVALID_VALUE', refused, named], // ROMA's common resources: parameters not valid
  ['ROMA.13001', 400, 'BAD_USER_INPUT', 'REQUIRED', refused, named], // ROMA's common resources: no request body
  ['ROMA.1007', 400, 'BAD_USER_INPUT', null, refused, named, 'INVALID_VALUE'], // ROMA's common resources: URL not valid
  ['ROMA.1000', 400, 'UNAUTHENTICATED', 'TOKEN_MISSING', refused], // ROMA's common resources: no token (answered as 400)
  ['ROMA.1002', 400, 'UNAUTHENTICATED', 'TOKEN_INVALID', refused], // ROMA's common resources: wrong token (answered as 400)
  ['ROMA.1006', 400, 'FORBIDDEN', null, refused], // ROMA's common resources: no permission (answered as 400)
  ['ROMA.12001', 400, 'FORBIDDEN', null, refused], // ROMA's common resources: no permission on the application (answered as 400)
  ['ROMA.12002', 400, 'FAILED_PRECONDITION', 'FEATURE_UNSUPPORTED', refused], // ROMA's common resources: the user lacks the feature (answered as 400)
  ['APIG.1000', 401, 'UNAUTHENTICATED', 'TOKEN_MISSING', refused], // no token
  ['APIG.1001', 401, 'UNAUTHENTICATED', 'TOKEN_EXPIRED', refused], // session expired
  ['APIG.1002', 401, 'UNAUTHENTICATED', 'TOKEN_INVALID', refused], // token cannot be read
  ['APIG.1003', 401, 'UNAUTHENTICATED', 'TOKEN_WITHOUT_PROJECT', refused], // token carries no project
  ['APIG.1005', 401, 'FORBIDDEN', null, refused], // no permission for this method (the pages answer it as 403)
  ['APIG.1007', 401, 'UNAUTHENTICATED', null, refused], // token carries no domain
  ['APIG.1008', 401, 'UNAUTHENTICATED', null, refused], // domain not valid
  ['APIG.1009', 401, 'UNAUTHENTICATED', null, refused], // token carries no user
  ['APIG.1010', 401, 'UPSTREAM_UNAVAILABLE', null, tryLater], // the cloud's policy decision point cannot be reached (answered as 401)
  ['APIG.1011', 401, 'FORBIDDEN', 'ACCOUNT_NOT_VERIFIED', refused], // account must finish real-name verification
  ['APIG.1012', 401, 'FORBIDDEN', 'ACCOUNT_BALANCE', refused], // the account's balance is insufficient
  ['APIG.1013', 401, 'FORBIDDEN', 'ACCOUNT_FROZEN', refused], // account frozen
  ['APIC.7100', 401, 'UNAUTHENTICATED', 'TOKEN_MISSING', refused], // no token
  ['APIC.7101', 401, 'UNAUTHENTICATED', 'TOKEN_EXPIRED', refused], // token expired
  ['APIC.7102', 401, 'UNAUTHENTICATED', 'TOKEN_INVALID', refused], // token cannot be read
  ['APIC.7103', 401, 'UNAUTHENTICATED', 'TOKEN_WITHOUT_PROJECT', refused], // token carries no project
  ['APIC.7105', 401, 'UNAUTHENTICATED', null, refused], // token carries no user
  ['APIC.7107', 401, 'UNAUTHENTICATED', null, refused], // token carries no role
  ['ROMA.00012000', 401, 'UNAUTHENTICATED', 'TOKEN_INVALID', refused], // ROMA's own instance list: token cannot be read
  ['ROMA.00012000', 403, 'FORBIDDEN', null, refused], // ROMA's own instance list: no permission
  ['APIG.0301', 401, 'UNAUTHENTICATED', null, refused], // front gateway: IAM authentication wrong
  ['APIGW.0301', 401, 'UNAUTHENTICATED', null, refused], // front gateway: IAM authentication wrong
  ['APIG.0303', 401, 'UNAUTHENTICATED', null, refused], // front gateway: app authentication wrong
  ['APIG.0305', 401, 'UNAUTHENTICATED', null, refused], // front gateway: authentication wrong
  ['APIG.0307', 401, 'UNAUTHENTICATED', 'TOKEN_EXPIRED', refused], // front gateway: token must be renewed
  ['APIGW.0307', 401, 'UNAUTHENTICATED', 'TOKEN_EXPIRED', refused], // front gateway: token must be renewed
  ['APIG.0302', 403, 'FORBIDDEN', null, refused], // front gateway: user may not call the API
  ['APIG.0304', 403, 'FORBIDDEN', null, refused], // front gateway: app may not call the API
  ['APIG.0306', 403, 'FORBIDDEN', null, refused], // front gateway: access denied
  ['APIG.0310', 403, 'FORBIDDEN', null, refused], // front gateway: project unavailable
  ['APIG.1020', 403, 'FORBIDDEN', null, refused], // not enough permission
  ['APIG.1107', 403, 'FORBIDDEN', null, refused], // no permission on this configuration (quotas)
  ['APIG.1113', 403, 'FORBIDDEN', null, refused], // no permission on this channel
  ['APIG.1136', 403, 'FORBIDDEN', null, refused, instance, 'FORBIDDEN'], // no permission on this instance
  ['APIG.1140', 403, 'FORBIDDEN', null, refused], // no permission on this feature (features)
  ['APIG.1301', 403, 'FORBIDDEN', null, refused], // no permission on this account
  ['APIC.7106', 403, 'FORBIDDEN', null, refused], // operation restricted for the account
  ['APIC.7109', 403, 'FORBIDDEN', 'ACCOUNT_FROZEN', refused], // account suspended
  ['APIC.7110', 403, 'FORBIDDEN', 'READ_ONLY', refused], // account may only read
  ['APIC.7111', 403, 'FORBIDDEN', null, refused], // resource of another account
  ['APIC.7118', 403, 'FORBIDDEN', null, refused], // account of the user does not match
  ['APIC.7130', 403, 'FORBIDDEN', null, refused, instance, 'FORBIDDEN'], // instance of another project
  ['APIC.7134', 403, 'FORBIDDEN', null, refused], // no permission on this enterprise project (instances)
  ['APIC.7300', 403, 'FORBIDDEN', null, refused], // policy refuses the action
  ['APIG.3100', 403, 'QUOTA_EXCEEDED', null, refused], // some resource quota used up
  ['APIC.7400', 403, 'QUOTA_EXCEEDED', null, refused], // no more instances allowed
  ['APIG.3109', 403, 'QUOTA_EXCEEDED', 'CHANNEL_QUOTA', refused, instance], // no more channels allowed
  ['APIG.3110', 403, 'QUOTA_EXCEEDED', 'MEMBER_QUOTA', refused, members], // no more servers in this channel allowed
  ['APIG.3414', 403, 'CONFLICT', 'CHANNEL_IN_USE', refused], // an API uses the channel
  ['APIG.3471', 403, 'FAILED_PRECONDITION', 'CHANNEL_TYPE', refused, type], // operation does not fit this type of channel
  ['APIG.3472', 403, 'CONFLICT', 'LOAD_BALANCER_IN_USE', refused, type], // load balancer used by another channel
  ['APIG.3023', 404, 'NOT_FOUND', 'CHANNEL_NOT_FOUND', refused], // no such channel
  ['APIG.3024', 404, 'NOT_FOUND', 'MEMBER_NOT_FOUND', refused, members], // no such backend server
  ['APIG.3030', 404, 'NOT_FOUND', 'INSTANCE_NOT_FOUND', refused, instance], // no such instance
  ['APIG.3092', 404, 'NOT_FOUND', 'ECS_NOT_FOUND', refused, cloudServer], // no such cloud server
  ['APIC.7302', 404, 'NOT_FOUND', 'INSTANCE_NOT_FOUND', refused, instance], // no such instance
  ['APIC.7301', 404, 'NOT_FOUND', null, refused], // no such instance specification
  ['APIG.3007', 404, 'NOT_FOUND', null, refused], // no such configuration (quotas)
  ['APIG.3072', 404, 'NOT_FOUND', null, refused], // no such task
  ['APIG.3087', 404, 'NOT_FOUND', null, refused], // no such feature configuration (features)
  ['APIG.3094', 404, 'NOT_FOUND', null, refused], // no such instance task
  ['APIGW.0101', 404, 'FAILED_PRECONDITION', 'API_NOT_PUBLISHED', refused], // front gateway: no such API at this endpoint
  ['APIG.0101', 404, 'FAILED_PRECONDITION', 'API_NOT_PUBLISHED', refused], // front gateway: no such API at this endpoint
  ['APIG.1149', 409, 'FORBIDDEN', null, refused], // no permission for this instance task (answered as 409)
  ['APIG.3712', 409, 'FORBIDDEN', null, refused], // account of the user does not match (answered as 409)
  ['APIG.3711', 409, 'UPSTREAM_ERROR', 'BUSY', tryLater], // a feature may change once a minute
  ['APIG.3718', 409, 'UPSTREAM_ERROR', 'BUSY', tryLater], // the instance is working on another task
  ['APIG.3719', 409, 'CONFLICT', 'CHANNEL_IN_USE', refused], // referenced by another channel
  ['APIC.7701', 409, 'UPSTREAM_ERROR', 'BUSY', tryLater], // instance not in a state to do this
  ['APIC.7710', 409, 'UPSTREAM_ERROR', 'BUSY', tryLater], // the instance must be available for this (load balancer)
  ['APIC.7712', 409, 'UPSTREAM_ERROR', 'BUSY', tryLater], // instance locked
  ['APIG.3458', 412, 'FAILED_PRECONDITION', 'FEATURE_UNSUPPORTED', refused, instance], // the instance does not support the feature
  ['APIG.0308', 429, 'RATE_LIMITED', null, tryLater], // throttled
  ['APIGW.0308', 429, 'RATE_LIMITED', null, tryLater], // throttled
  ['APIG.9008', 500, 'RATE_LIMITED', null, tryLater], // throttled although answered as 500
  ['APIG.3500', 500, 'UPSTREAM_ERROR', 'SYNC_FAILED', unclear], // internal synchronisation failed; the write may have happened
  ['APIG.1029', 500, 'UPSTREAM_ERROR', null, unclear], // the cloud's policy decision point cannot be reached
  ['APIG.9003', 500, 'UPSTREAM_ERROR', null, unclear], // the cloud's statistics call failed
  ['APIG.9004', 500, 'UPSTREAM_ERROR', null, unclear], // the cloud's IAM call failed
  ['APIG.9005', 500, 'UPSTREAM_ERROR', null, unclear], // the cloud's VPC call failed
  ['APIG.9006', 500, 'UPSTREAM_ERROR', null, unclear], // the cloud's DNS call failed
  ['APIG.9007', 500, 'UPSTREAM_ERROR', null, unclear], // the cloud's ELB call failed
  ['APIG.9013', 500, 'UPSTREAM_ERROR', null, unclear], // internal synchronisation of certificates failed
  ['APIG.9999', 500, 'UPSTREAM_ERROR', null, unclear], // system error; also what simultaneous writes to one channel get
  ['APIC.9000', 500, 'UPSTREAM_ERROR', null, unclear], // internal service did not answer
  ['APIC.7253', 500, 'UPSTREAM_ERROR', null, unclear], // internal configuration error
  ['APIC.9100', 500, 'UPSTREAM_ERROR', null, unclear], // database did not answer
  ['APIC.9209', 500, 'UPSTREAM_ERROR', null, unclear], // the cloud's enterprise-project call failed (instances)
  ['ROMA.00011000', 500, 'UPSTREAM_ERROR', null, unclear], // ROMA's own instance list: system error
  ['APIC.9999', 500, 'UPSTREAM_ERROR', null, unclear], // system error
  ['APIG.0201', 502, 'UPSTREAM_UNAVAILABLE', null, unclear], // front gateway: backend unavailable
  ['APIG.0201', 504, 'UPSTREAM_TIMEOUT', null, unclear], // front gateway: backend did not answer in time
  ['APIG.0610', 502, 'UPSTREAM_UNAVAILABLE', null, unclear], // front gateway: no backend available
  ['APIG.0613', 503, 'UPSTREAM_UNAVAILABLE', null, unclear], // IAM not available
  ['IAM.0001', 401, 'UNAUTHENTICATED', null, refused], // authentication required
  ['IAM.0061', 401, 'UNAUTHENTICATED', 'ACCOUNT_LOCKED', refused], // account locked; stop trying
  ['IAM.0062', 401, 'UNAUTHENTICATED', null, refused], // wrong password
  ['IAM.0066', 401, 'UNAUTHENTICATED', 'TOKEN_EXPIRED', refused], // token expired
  ['IAM.0067', 401, 'UNAUTHENTICATED', 'TOKEN_INVALID', refused], // token not valid
  ['IAM.0002', 403, 'FORBIDDEN', null, refused], // not authorised
  ['IAM.0012', 429, 'RATE_LIMITED', null, tryLater], // IAM throttled
]

const meaning = (
  code: ErrorCode,
  reason: ErrorReason | null,
  verdict: Verdict,
  about: Subject | null = null,
): Meaning => ({ code, reason, ...verdict, about })

function meaningOfRow([, , code, reason, verdict, parameters, ownRule]: Row): Meaning {
  const rule = ownRule ?? reason
  const about = parameters === undefined || !isUpstreamRule(rule) ? null : { rule, parameters }
  return meaning(code, reason, verdict, about)
}

/** By vendor code, and by vendor code and status for a code that means two things. */
const BY_VENDOR_CODE: ReadonlyMap<string, Meaning> = new Map(
  VENDOR_ERROR_CODES.toReversed().flatMap((row) => {
    const [vendorCode, status] = row
    const read = meaningOfRow(row)
    return [
      [vendorCode, read],
      [`${vendorCode} ${status}`, read],
    ]
  }),
)

/** By HTTP status, for an answer without a code that this table has. */
const BY_STATUS: ReadonlyMap<number, Meaning> = new Map([
  [400, meaning('BAD_USER_INPUT', null, refused, { rule: 'INVALID_VALUE', parameters: named })],
  [401, meaning('UNAUTHENTICATED', null, refused)],
  [403, meaning('FORBIDDEN', null, refused)],
  [404, meaning('NOT_FOUND', null, refused)],
  [408, meaning('UPSTREAM_TIMEOUT', null, unclear)],
  [409, meaning('CONFLICT', null, refused)],
  [412, meaning('FAILED_PRECONDITION', null, refused)],
  [413, meaning('BAD_USER_INPUT', 'TOO_LARGE', refused, { rule: 'TOO_LARGE', parameters: named })],
  [422, meaning('BAD_USER_INPUT', null, refused, { rule: 'INVALID_VALUE', parameters: named })],
  [429, meaning('RATE_LIMITED', null, tryLater)],
  [502, meaning('UPSTREAM_UNAVAILABLE', null, unclear)],
  [503, meaning('UPSTREAM_UNAVAILABLE', null, unclear)],
  [504, meaning('UPSTREAM_TIMEOUT', null, unclear)],
])

/** The endpoint has not executed the request, but says where to send it. 300 and 304 do not say so. */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])
const REDIRECTED = meaning('UPSTREAM_BAD_RESPONSE', 'REDIRECTED', refused)

/** A 2xx or another 3xx without a channel: whether a write happened is unknown. */
const UNEXPECTED_STATUS = meaning('UPSTREAM_BAD_RESPONSE', 'UNREADABLE_ANSWER', {
  ...unclear,
  transient: false,
})

/**
 * What an error answer means: by its code, else by its status. Keystone (IAM) puts an HTTP status where other services put
 * their code: such a number replaces the status where the status says "success".
 */
export function meaningOf(errorCode: string | null, status: number): Meaning {
  if (REDIRECTS.has(status)) return REDIRECTED
  const known = BY_VENDOR_CODE.get(`${errorCode} ${status}`) ?? BY_VENDOR_CODE.get(`${errorCode}`)
  if (known !== undefined) return known
  const effective =
    status < 400 && errorCode !== null && /^[45]\d\d$/.test(errorCode) ? Number(errorCode) : status
  const byStatus = BY_STATUS.get(effective)
  if (byStatus !== undefined) return byStatus
  if (effective >= 500) return meaning('UPSTREAM_ERROR', null, unclear)
  if (effective >= 400) return meaning('UPSTREAM_ERROR', null, refused)
  return UNEXPECTED_STATUS
}
