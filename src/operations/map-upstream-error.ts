import { errorOfFailure, type FailedCall } from '../errors/error-of-failure.ts'
import { UpstreamFailure } from '../upstream/upstream-failure.ts'

/** Waits for a REST call; turns its failure into the error that the caller gets. */
export async function mapUpstreamError<Answer>(
  call: Promise<Answer>,
  failedCall: FailedCall,
): Promise<Answer> {
  try {
    return await call
  } catch (error) {
    throw upstreamError(error, failedCall)
  }
}

/** The error that the caller gets for a REST call's failure. */
export const upstreamError = (error: unknown, failedCall: FailedCall): unknown =>
  error instanceof UpstreamFailure ? errorOfFailure(error, failedCall) : error
