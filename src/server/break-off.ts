import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { loggedError } from './log/logged-error.ts'
import type { RequestScope } from './request-scope.ts'

/** Ends a request that nothing can be answered to any more: a fault of ours, which the log has whole. */
export type BreakOff = (response: ServerResponse, scope: RequestScope, error: unknown) => void

export const breakOffWith =
  (log: Logger): BreakOff =>
  (response, scope, error) => {
    const err = loggedError(error, scope.secrets)
    log.error({ requestId: scope.audience.requestId, err }, 'unexpected error')
    response.destroy()
  }
