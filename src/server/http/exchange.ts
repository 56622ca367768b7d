import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RequestContext } from '../request-context.ts'

/** A request on its way through the pipeline. */
export interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly context: RequestContext
}
