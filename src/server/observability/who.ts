import type { Caller } from '../../operations/operation-context.ts'
import { tokenDigest } from '../../upstream/client/credentials.ts'

/** Who a caller is, for audit lines: the same text for the same token, from which the token cannot be found. */
export function whoOf(caller: Caller): string {
  if ('refused' in caller) return 'nobody'
  const { credentials, name } = caller
  if (name !== undefined) return name
  return credentials.kind === 'TOKEN' ? `token:${tokenDigest(credentials).slice(0, 16)}` : 'nobody'
}
