import { expect, test } from 'vitest'
import { exchange } from '../../../src/upstream/exchange.ts'
import type { Connection, Outgoing } from '../../../src/upstream/http/connection.ts'
import type { Connections } from '../../../src/upstream/http/connections.ts'

test('a request whose time is up when its connection is there does not leave', async () => {
  let hasLeft: boolean | undefined
  const connections = {
    url: new URL('http://127.0.0.1'),
    send(outgoing: Outgoing) {
      const opens = performance.now() + 3
      while (performance.now() < opens);
      hasLeft = outgoing.begins({ destroy: () => undefined } as Connection)
    },
  } as Connections
  const limits = { headersMs: 1_000, bodyMs: 1_000, totalMs: 2, bodyBytes: 1 }
  const call = exchange(connections, { method: 'POST', path: '/', headers: {} }, limits)
  await expect(call).rejects.toMatchObject({ reason: 'TIME', sent: false })
  expect(hasLeft).toBe(false)
})
