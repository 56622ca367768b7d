import type { IncomingHttpHeaders } from 'node:http'
import type { Caller, Refusal } from '../../operations/operation-context.ts'
import { CallersToken, type Credentials } from '../../upstream/client/credentials.ts'
import { type ApiKeys, nameOfApiKey } from './api-keys.ts'
import type { VerifyJwt } from './jwt.ts'

/** What may stand in a header: no CR, LF or NUL can ride along to the upstream. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/** How callers who bring no token of the cloud's are told from strangers. */
export interface Authentication {
  readonly apiKeys: ApiKeys
  readonly webToken: VerifyJwt | undefined
  /** `true`: there is no check, and whoever reaches the gateway may use its rights. */
  readonly anyone: boolean
}

/** Who sends a request, by its headers. */
export type Authenticate = (headers: IncomingHttpHeaders) => Caller | Promise<Caller>

/**
 * A caller's own `X-Auth-Token` goes before everything else, so that nobody who sends one is served with other rights.
 * Without one the gateway's own rights (in sandbox mode, the sandbox user's) are for callers that pass its check.
 */
export function authenticateBy(own: Credentials | undefined, check: Authentication): Authenticate {
  const admitted = (name: string): Caller =>
    own === undefined ? { refused: 'TOKEN_MISSING' } : { credentials: own, name }

  return (headers) => {
    const token = headers['x-auth-token']
    if (token !== undefined && token !== '') {
      return typeof token === 'string' && VISIBLE_ASCII.test(token)
        ? { credentials: new CallersToken(token), name: undefined }
        : refused('TOKEN_INVALID')
    }
    if (own === undefined) return refused('TOKEN_MISSING')
    if (check.anyone) return admitted('anyone')
    const apiKey = headers['x-api-key']
    if (typeof apiKey === 'string' && apiKey !== '') {
      const name = nameOfApiKey(check.apiKeys, apiKey)
      return name === undefined ? refused('CALLER_UNKNOWN') : admitted(`api-key ${name}`)
    }
    const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
    if (bearer !== undefined && check.webToken !== undefined) {
      return check
        .webToken(bearer)
        .then((found) => ('refused' in found ? found : admitted(`subject ${found.subject}`)))
    }
    return refused('CALLER_UNKNOWN')
  }
}

const refused = (reason: Refusal): Caller => ({ refused: reason })
