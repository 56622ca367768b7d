import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { loggedError } from '../observability/log/logged-error.ts'
import type { RequestContext } from '../request-context.ts'

/** Ends the connection of a request that a fault of ours leaves without a response. The log has the whole fault. */
export type AbortResponse = (response: ServerResponse, context: RequestContext, error: unknown) => void

export const abortResponseWith =
  (log: Logger): AbortResponse =>
  (response, context, error) => {
    const err = loggedError(error, context.secrets)
    log.error({ requestId: context.audience.requestId, err }, 'unexpected error')
    response.destroy()
  }
