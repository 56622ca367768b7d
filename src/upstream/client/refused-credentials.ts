import { UpstreamFailure } from '../upstream-failure.ts'

/** What the vendor answers as 401 to users whose token is in order. */
const OF_THE_USER: ReadonlySet<string> = new Set([
  'APIG.1005',
  'APIG.1010',
  'APIG.1011',
  'APIG.1012',
  'APIG.1013',
])

/** What the vendor answers as 400 where a token is missing or wrong. */
const OF_THE_TOKEN: ReadonlySet<string> = new Set(['ROMA.1000', 'ROMA.1002'])

/** Statuses with which something before the service may answer, which has not looked at the token. */
const OF_OTHERS: ReadonlySet<number> = new Set([401, 407, 408, 429])

/** Whether a product has refused what a call was proven with. */
export const isRefusedCredentials = (error: unknown): error is UpstreamFailure =>
  error instanceof UpstreamFailure &&
  error.service !== 'IAM' &&
  error.kind === 'REFUSED' &&
  error.answer.status === 401 &&
  !OF_THE_USER.has(error.answer.errorCode ?? '')

/** Whether a failure shows that the cloud has taken the token, and refused the call for another reason. */
export function isRefusedAfterAuthentication(error: unknown): boolean {
  if (!(error instanceof UpstreamFailure) || error.kind !== 'REFUSED') return false
  const { status, errorCode } = error.answer
  if (status === null || status >= 500 || errorCode === null || OF_THE_TOKEN.has(errorCode)) return false
  return OF_THE_USER.has(errorCode) || (status >= 400 && !OF_OTHERS.has(status))
}
