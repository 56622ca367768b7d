import { UpstreamFailure } from '../upstream-failure.ts'

/** Codes of a 401 for users whose token is valid. */
const OF_THE_USER: ReadonlySet<string> = new Set([
  'APIG.1005',
  'APIG.1010',
  'APIG.1011',
  'APIG.1012',
  'APIG.1013',
])

/** Codes of a 400 for a token that is missing or wrong. */
const OF_THE_TOKEN: ReadonlySet<string> = new Set(['ROMA.1000', 'ROMA.1002'])

/** Statuses that a proxy before the service may send without having checked the token. */
const OF_OTHERS: ReadonlySet<number> = new Set([401, 407, 408, 429])

/** Whether a product has refused the credentials of a call. */
export const isRefusedCredentials = (error: unknown): error is UpstreamFailure =>
  error instanceof UpstreamFailure &&
  error.service !== 'IAM' &&
  error.kind === 'REFUSED' &&
  error.response.status === 401 &&
  !OF_THE_USER.has(error.response.errorCode ?? '')

/** Whether a failure shows that the cloud has accepted the token, and refused the call for another reason. */
export function isRefusedAfterAuthentication(error: unknown): boolean {
  if (!(error instanceof UpstreamFailure) || error.kind !== 'REFUSED') return false
  const { status, errorCode } = error.response
  if (status === null || status >= 500 || errorCode === null || OF_THE_TOKEN.has(errorCode)) return false
  return OF_THE_USER.has(errorCode) || (status >= 400 && !OF_OTHERS.has(status))
}
