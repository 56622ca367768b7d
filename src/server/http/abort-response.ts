import type { ServerResponse } from 'node:http'
import type { Logger } from 'pino'
import { loggedError } from '../observability/log/logged-error.ts'
import type { RequestContext } from '../request-context.ts'

/** Ends a request that nothing can be answered to any more: a fault of ours, which the log has whole. */
export type AbortResponse = (response: ServerResponse, context: RequestContext, error: unknown) => void

export const abortResponseWith =
  (log: Logger): AbortResponse =>
  (response, context, error) => {
    const err = loggedError(error, context.secrets)
    log.error({ requestId: context.audience.requestId, err }, 'unexpected error')
    response.destroy()
  }
