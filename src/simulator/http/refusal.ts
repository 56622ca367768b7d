import type { Answer } from './exchange.ts'
import type { JsonObject } from './json.ts'

/** Thrown anywhere below a route: the call ends here, with this answer. */
export class Refusal extends Error {
  readonly answer: Answer

  constructor(status: number, body: JsonObject) {
    super(`refused with ${status}: ${JSON.stringify(body)}`)
    this.name = 'Refusal'
    this.answer = { status, body }
  }
}
