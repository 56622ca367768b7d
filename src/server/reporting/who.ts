import { createHash } from 'node:crypto'
import type { Caller } from '../../operations/operation-context.ts'

/** Who a caller is, in a line that lasts: the same for the same token, and of no use to whoever reads it. */
export const whoOf = (caller: Caller): string =>
  'token' in caller
    ? `token:${createHash('sha256').update(caller.token).digest('hex').slice(0, 16)}`
    : 'nobody'
