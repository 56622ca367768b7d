import { UpstreamFailure } from '../upstream-failure.ts'

const LOCKED = 'IAM.0061'
const WRONG_PASSWORD = 'IAM.0062'

/** Whether IAM looks at no password of the user for a while. */
export const isLock = ({ answer }: UpstreamFailure): boolean => answer.errorCode === LOCKED

/** Whether IAM says that it is the password, and not what was asked for with it. */
export const isWrongPassword = ({ answer }: UpstreamFailure): boolean => answer.errorCode === WRONG_PASSWORD

/** An answer that another try at once would only repeat, and perhaps be counted. */
export function isRefusal(error: unknown): error is UpstreamFailure {
  if (!(error instanceof UpstreamFailure)) return false
  const { status } = error.answer
  if (isLock(error) || isWrongPassword(error)) return true
  return status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429
}
