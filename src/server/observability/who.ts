import type { Caller } from '../../operations/operation-context.ts'
import { tokenDigest } from '../../upstream/client/credentials.ts'

/** Who a caller is, in a line that lasts: the same for the same token, and of no use to whoever reads it. */
export function whoOf(caller: Caller): string {
  if ('refused' in caller) return 'nobody'
  const { credentials, name } = caller
  if (name !== undefined) return name
  return credentials.kind === 'TOKEN' ? `token:${tokenDigest(credentials).slice(0, 16)}` : 'nobody'
}
