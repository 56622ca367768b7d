import { Refusal } from '../http/refusal.ts'

/** IAM refuses in OpenStack Keystone's shape, not in that of the other services. */
export function keystoneError(code: 400 | 401, message: string): Refusal {
  const title = code === 400 ? 'Bad Request' : 'Unauthorized'
  return new Refusal(code, { error: { code, message, title } })
}
