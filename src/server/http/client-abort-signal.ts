import type { ServerResponse } from 'node:http'
import type { AbortSignalLike } from '../../lib/abort-signal.ts'

/**
 * Tells when the client of a response leaves before it has it, at a fraction of an `AbortController`'s cost. It is a class for
 * its getter: of an object made with a getter of its own V8 keeps, until it clears its old space, all that the getter sees (ADR 11).
 */
export class ClientAbortSignal implements AbortSignalLike {
  readonly #response: ServerResponse

  constructor(response: ServerResponse) {
    this.#response = response
  }

  get aborted(): boolean {
    return this.#response.destroyed && !this.#response.writableFinished
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#response.on('close', listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#response.off('close', listener)
  }
}
