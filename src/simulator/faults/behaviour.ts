import type { ServerResponse } from 'node:http'
import type { Answer, Call } from '../http/exchange.ts'
import type { Act } from './acts.ts'
import type { Cut } from './transport.ts'

/** Where in the life of a call a fault steps in. */
export interface Behaviour {
  /** The connection ends here, nothing done. */
  readonly cut?: Cut
  /** All connections in use so far reset at their next call. */
  readonly killsIdle?: boolean
  readonly before?: (call: Call) => Call | Promise<Call>
  /** Answers for the services, nothing done but the acts. */
  readonly instead?: (call: Call) => Answer
  /** What is done in place of the call; without `instead` its connection is lost. */
  readonly acts?: (call: Call) => readonly Act[]
  readonly after?: (answer: Answer) => Answer
  readonly send?: (response: ServerResponse, answer: Answer) => void
}

/** Several at once, in this order. */
export function combined(behaviours: readonly Behaviour[]): Behaviour {
  const befores = behaviours.flatMap(({ before }) => before ?? [])
  const afters = behaviours.flatMap(({ after }) => after ?? [])
  return {
    ...Object.assign({}, ...behaviours),
    before: async (call) => {
      let rewritten = call
      for (const before of befores) rewritten = await before(rewritten)
      return rewritten
    },
    after: (answer) => afters.reduce((altered, after) => after(altered), answer),
  }
}
