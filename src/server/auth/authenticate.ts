import type { IncomingHttpHeaders } from 'node:http'
import type { AuthenticationFailure, Caller } from '../../operations/operation-context.ts'
import { CallersToken, type Credentials } from '../../upstream/client/credentials.ts'
import { type ApiKeys, nameOfApiKey } from './api-keys.ts'
import type { VerifyJwt } from './jwt.ts'

/** The characters of a token: no CR, LF or NUL can reach the header of a REST call. */
const VISIBLE_ASCII = /^[\x21-\x7e]+$/

/** Whether the text of a header can be a token. */
export const isToken = (text: string | string[] | undefined): text is string =>
  typeof text === 'string' && VISIBLE_ASCII.test(text)

/** How the gateway authenticates callers that send no token of the cloud's. */
export interface Authentication {
  readonly apiKeys: ApiKeys
  readonly verifyJwt: VerifyJwt | undefined
  /** `true`: there is no check, and every caller uses the gateway's credentials. */
  readonly anyone: boolean
}

/** Who sends a request, by its headers. */
export type Authenticate = (headers: IncomingHttpHeaders) => Caller | Promise<Caller>

/**
 * Credential precedence (first match wins): the caller's `X-Auth-Token`; else the gateway's credentials (in sandbox mode, those of
 * the sandbox user), for a caller that passes the check.
 */
export function authenticateBy(
  gatewayCredentials: Credentials | undefined,
  check: Authentication,
): Authenticate {
  const admitted = (name: string): Caller =>
    gatewayCredentials === undefined ? TOKEN_MISSING : { credentials: gatewayCredentials, name }

  return (headers) => {
    const token = headers['x-auth-token']
    if (token !== undefined && token !== '') {
      return isToken(token)
        ? { credentials: new CallersToken(token), name: undefined }
        : refused('TOKEN_INVALID')
    }
    if (gatewayCredentials === undefined) return TOKEN_MISSING
    if (check.anyone) return admitted('anyone')
    const apiKey = headers['x-api-key']
    if (typeof apiKey === 'string' && apiKey !== '') {
      const name = nameOfApiKey(check.apiKeys, apiKey)
      return name === undefined ? refused('CALLER_UNKNOWN') : admitted(`api-key ${name}`)
    }
    const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
    if (bearer !== undefined && check.verifyJwt !== undefined) {
      return check
        .verifyJwt(bearer)
        .then((found) => ('refused' in found ? found : admitted(`subject ${found.subject}`)))
    }
    return refused('CALLER_UNKNOWN')
  }
}

const refused = (reason: AuthenticationFailure): Caller => ({ refused: reason })

const TOKEN_MISSING = refused('TOKEN_MISSING')
