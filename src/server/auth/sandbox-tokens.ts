import type { Logger } from 'pino'
import { type Authenticate, isToken } from './authenticate.ts'

/**
 * Authentication in sandbox mode. A frontend always sends the token of its real login, which the simulator does not know: the
 * gateway does not read it, and uses the sandbox user's credentials. The first time, it says so in the log.
 *
 * @param isKnown whether the simulator has issued a token
 */
export function withSandboxTokens(
  authenticate: Authenticate,
  isKnown: (token: string) => boolean,
  log: Logger,
): Authenticate {
  let isLogged = false
  return (headers) => {
    const token = headers['x-auth-token']
    if (!isToken(token) || isKnown(token)) return authenticate(headers)
    if (!isLogged) {
      isLogged = true
      log.warn(
        'SANDBOX: a request has an X-Auth-Token that the simulator has not issued; the gateway uses the sandbox credentials in its place',
      )
    }
    return authenticate({ ...headers, 'x-auth-token': undefined })
  }
}
