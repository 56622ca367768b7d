import type { Dispatcher } from 'undici'
import { expect, test } from 'vitest'
import { ByteBudget } from '../../../src/upstream/http/byte-budget.ts'
import type { ConnectionPool } from '../../../src/upstream/http/connection-pool.ts'
import { exchange } from '../../../src/upstream/http/exchange.ts'

test('a request whose time is up when its connection is there does not leave', async () => {
  let hasLeft: boolean | undefined
  const pool: Pick<ConnectionPool, 'dispatch'> = {
    dispatch(_options, handler) {
      const opens = performance.now() + 3
      while (performance.now() < opens);
      try {
        handler.onRequestStart?.({} as Dispatcher.DispatchController, {})
        hasLeft = true
      } catch {
        // What a handler throws here keeps undici from sending the request.
        hasLeft = false
      }
    },
  }
  const limits = { headersMs: 1_000, bodyMs: 1_000, totalMs: 2, bodyBytes: 1, budget: new ByteBudget(1) }
  const call = exchange(pool as ConnectionPool, { method: 'POST', path: '/', headers: {} }, limits)
  await expect(call).rejects.toMatchObject({ reason: 'TIME', sent: false })
  expect(hasLeft).toBe(false)
})
