/** What can be read of the body of an error response. */
export interface ErrorBody {
  readonly errorCode: string | null
  readonly message: string | null
  readonly requestId: string | null
}

const NOTHING: ErrorBody = { errorCode: null, message: null, requestId: null }

/**
 * Reads every error body the cloud is known to send: `{error_code, error_msg}` with or without `request_id` and
 * `details[]`, Keystone's `{error: {code, message, title}}` whose code may be a number, `{code, message}`,
 * and what is no JSON object at all (HTML, nothing, JSON cut short), of which nothing can be said.
 */
export function readErrorBody(body: unknown): ErrorBody {
  if (!isRecord(body)) return NOTHING
  const [firstDetail] = Array.isArray(body['details']) ? body['details'] : []
  const candidates = [body, body['error'], firstDetail].filter(isRecord)
  const requestId = text(body['request_id'])
  for (const candidate of candidates) {
    const errorCode = code(candidate['error_code']) ?? code(candidate['code'])
    const message = text(candidate['error_msg']) ?? text(candidate['message'])
    if (errorCode !== null || message !== null) return { errorCode, message, requestId }
  }
  return { ...NOTHING, requestId }
}

/** Whether a body under a 2xx status is an error all the same. A channel has neither key. */
export function isErrorBody(body: unknown): boolean {
  if (!isRecord(body)) return false
  return (
    code(body['error_code']) !== null || (isRecord(body['error']) && code(body['error']['code']) !== null)
  )
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const CODE = /^[A-Za-z0-9._-]{1,64}$/

/** A code is passed on to callers and logs, so it must look like one. */
const code = (value: unknown): string | null => {
  const written = typeof value === 'number' ? String(value) : text(value)
  return written !== null && CODE.test(written) ? written : null
}
