import { UpstreamFailure } from '../upstream-failure.ts'

const LOCKED = 'IAM.0061'
const WRONG_PASSWORD = 'IAM.0062'

/** Whether IAM has locked the user: it verifies no password for a while. */
export const isLock = ({ response }: UpstreamFailure): boolean => response.errorCode === LOCKED

/** Whether IAM says that the password is wrong, and not the project. */
export const isWrongPassword = ({ response }: UpstreamFailure): boolean =>
  response.errorCode === WRONG_PASSWORD

/** A refusal that another try at once would only repeat, and that IAM may count. */
export function isRefusal(error: unknown): error is UpstreamFailure {
  if (!(error instanceof UpstreamFailure)) return false
  const { status } = error.response
  if (isLock(error) || isWrongPassword(error)) return true
  return status !== null && status >= 400 && status < 500 && status !== 408 && status !== 429
}
