import type { ServerResponse } from 'node:http'
import type { Answer, Call } from '../http/exchange.ts'
import type { Act } from './acts.ts'
import type { Cut } from './transport.ts'

/** The points in the handling of a call at which a fault acts. */
export interface Behaviour {
  /** The simulator ends the connection here and executes nothing. */
  readonly cut?: Cut
  /** Each connection that has carried a call resets at its next call. */
  readonly killsIdle?: boolean
  readonly before?: (call: Call) => Call | Promise<Call>
  /** The answer in place of the service's, which executes nothing but the acts. */
  readonly instead?: (call: Call) => Answer
  /** What the simulator executes in place of the call; without `instead` it breaks the connection. */
  readonly acts?: (call: Call) => readonly Act[]
  readonly after?: (answer: Answer) => Answer
  readonly send?: (response: ServerResponse, answer: Answer) => void
}

/** Applies several behaviours in this order. */
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
