import type { Answer } from './exchange.ts'
import type { JsonObject } from './json.ts'

/** Thrown by the handler of a route: the simulator answers the call with this. */
export class Refusal extends Error {
  readonly answer: Answer

  constructor(status: number, body: JsonObject) {
    super(`refused with ${status}: ${JSON.stringify(body)}`)
    this.name = 'Refusal'
    this.answer = { status, body }
  }
}
