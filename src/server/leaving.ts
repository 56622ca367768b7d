import type { ServerResponse } from 'node:http'
import type { Leaving } from '../upstream/call-context.ts'

/** Tells when the client of a response leaves before it has it: at a fraction of an `AbortController`'s cost. */
export function leavingOf(response: ServerResponse): Leaving {
  const listeners = new Set<() => void>()
  let aborted = response.destroyed
  response.once('close', () => {
    if (response.writableFinished) return
    aborted = true
    for (const listener of listeners) listener()
  })
  return {
    get aborted() {
      return aborted
    },
    addEventListener: (_type, listener) => listeners.add(listener),
    removeEventListener: (_type, listener) => listeners.delete(listener),
  }
}
