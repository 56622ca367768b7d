import type { Caller } from '../operations/operation-context.ts'

const LONGEST_TOKEN = 16 * 1024

/** What may stand in a header: no CR, LF or NUL can ride along to the upstream. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/**
 * Who the request acts as: the caller's own `X-Auth-Token`, else (in sandbox mode only) the sandbox user.
 * A caller who sends a token never gets another.
 */
export function callerOf(token: string | undefined, sandboxToken: string | undefined): Caller {
  if (token === undefined || token === '') {
    return sandboxToken === undefined ? { refused: 'TOKEN_MISSING' } : { token: sandboxToken }
  }
  return token.length <= LONGEST_TOKEN && VISIBLE_ASCII.test(token) ? { token } : { refused: 'TOKEN_INVALID' }
}
